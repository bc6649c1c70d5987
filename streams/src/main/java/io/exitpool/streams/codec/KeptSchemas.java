package io.exitpool.streams.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * Every version of a row's schema that a store may hold, found by the fingerprint that each row
 * carries. The versions are files in the tree ({@code rows/NAME.VERSION.avsc}); a test sees to it
 * that the one in use is among them, so that no later program finds rows it cannot read.
 */
public final class KeptSchemas implements SchemaStore {
    static final List<String> ROWS =
            List.of("PoolConfig", "PoolRow", "SlotRow", "LeaseRow", "FactRow", "PoolStatus");

    private static final String FOLDER = "/io/exitpool/streams/rows/";

    private final SchemaStore.Cache versions = new SchemaStore.Cache();

    public KeptSchemas() {
        ROWS.forEach(this::addVersions);
    }

    @Override
    public Schema findByFingerprint(long fingerprint) {
        return versions.findByFingerprint(fingerprint);
    }

    private void addVersions(String row) {
        int version = 1;
        while (add(FOLDER + row + "." + version + ".avsc")) {
            version++;
        }
    }

    private boolean add(String resource) {
        try (InputStream in = KeptSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                return false;
            }
            // A parser of its own: versions of one schema share their names.
            versions.addSchema(new Schema.Parser().parse(in));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
