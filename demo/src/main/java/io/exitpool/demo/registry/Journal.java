package io.exitpool.demo.registry;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was registered and configured, one JSON object a line in the order in which it happened. Ids
 * are numbers in that order, so reading it again gives every schema the id it had; each line names
 * its id nevertheless, for the reader to check. A last line that was cut short by a crash is
 * dropped: its writer never had an answer.
 */
final class Journal {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> file;

    private Journal(Optional<Path> file) {
        this.file = file;
    }

    static Journal none() {
        return new Journal(Optional.empty());
    }

    static Journal at(Path file) {
        return new Journal(Optional.of(file));
    }

    /** One line: a registered schema, or a compatibility level when {@code id} is 0. */
    record Entry(String subject, int id, String text) {

        static Entry schema(String subject, int id, String schema) {
            return new Entry(subject, id, schema);
        }

        static Entry compatibility(String subject, String level) {
            return new Entry(subject, 0, level);
        }

        boolean isSchema() {
            return id > 0;
        }
    }

    List<Entry> read() {
        if (file.isEmpty() || !Files.exists(file.get())) {
            return List.of();
        }
        try {
            List<Entry> entries = new ArrayList<>();
            long whole = 0;
            for (String line : Files.readString(file.get()).split("(?<=\n)")) {
                if (!line.endsWith("\n")) {
                    break;
                }
                ObjectNode object = (ObjectNode) JSON.readTree(line);
                entries.add(
                        new Entry(
                                object.required("subject").textValue(),
                                object.required("id").intValue(),
                                object.required("text").textValue()));
                whole += line.getBytes(StandardCharsets.UTF_8).length;
            }
            truncate(whole);
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(Entry entry) {
        if (file.isEmpty()) {
            return;
        }
        ObjectNode object =
                JSON.createObjectNode()
                        .put("subject", entry.subject())
                        .put("id", entry.id())
                        .put("text", entry.text());
        try {
            Files.writeString(file.get(), object + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void truncate(long length) throws IOException {
        if (Files.size(file.get()) > length) {
            try (FileChannel channel = FileChannel.open(file.get(), WRITE)) {
                channel.truncate(length);
            }
        }
    }
}
