package io.exitpool.schemas.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The versions of one subject's schema that were ever released, kept as {@code v1.avsc}, {@code
 * v2.avsc} and so on. Each file is complete by itself, as the registry has it.
 */
record SchemaHistory(Path folder, List<Schema> versions) {

    static SchemaHistory read(Path folder) throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; Files.exists(file(folder, version)); version++) {
            versions.add(new Schema.Parser().parse(Files.readString(file(folder, version))));
        }
        return new SchemaHistory(folder, List.copyOf(versions));
    }

    Path next() {
        return file(folder, versions.size() + 1);
    }

    /** The newest version is this schema, docs and all, as the registry compares. */
    boolean endsWith(Schema current) {
        return !versions.isEmpty()
                && versions.get(versions.size() - 1).toString().equals(current.toString());
    }

    /** What keeps a version, or the current schema, from the records of any version before it. */
    List<String> breaks(Schema current) {
        List<Schema> all = new ArrayList<>(versions);
        all.add(current);
        List<String> breaks = new ArrayList<>();
        for (int reader = 1; reader < all.size(); reader++) {
            for (int writer = 0; writer < reader; writer++) {
                String name = reader < versions.size() ? "v" + (reader + 1) : "the current schema";
                String earlier = " cannot read records of v" + (writer + 1) + ", ";
                SchemaRules.incompatible(all.get(reader), all.get(writer))
                        .forEach(why -> breaks.add(name + earlier + why));
            }
        }
        return breaks;
    }

    private static Path file(Path folder, int version) {
        return folder.resolve("v" + version + ".avsc");
    }
}
