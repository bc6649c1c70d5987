package io.exitpool.connect.it;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A connector's configuration in deploy/connect, with what a single broker must have otherwise. */
final class ShippedConnector {

    private static final Path FILES = Path.of(System.getProperty("connect.deploy"), "connect");

    private ShippedConnector() {}

    /**
     * @param changes what the test has otherwise; wins over the file
     */
    static Map<String, String> config(String file, Map<String, String> changes) {
        try {
            Map<String, String> config =
                    new ObjectMapper()
                            .readValue(
                                    FILES.resolve(file).toFile(),
                                    new TypeReference<Map<String, String>>() {});
            config.put("errors.deadletterqueue.topic.replication.factor", "1");
            config.putAll(changes);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
