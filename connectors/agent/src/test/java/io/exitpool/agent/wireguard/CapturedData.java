package io.exitpool.agent.wireguard;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The captured exit server of src/test/resources/wireguard. */
public final class CapturedData {
    public static final Path TIMELINE = Path.of("src/test/resources/wireguard/timeline.txt");

    /** One line of peers.tsv. */
    public record Client(String name, String publicKey, String tunnel4, String tunnel6) {}

    private CapturedData() {}

    public static String text(String file) {
        try {
            return Files.readString(TIMELINE.resolveSibling(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Observation> timeline() {
        try {
            return Capture.read(new StringReader(text("timeline.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Client> clients() {
        return text("peers.tsv")
                .lines()
                .skip(1)
                .map(line -> line.split("\t"))
                .map(fields -> new Client(fields[0], fields[1], fields[2], fields[3]))
                .toList();
    }

    /** The clients by the numbers that they get: their order in the first dump. */
    public static Map<Integer, String> names() {
        Map<Integer, String> names = new LinkedHashMap<>();
        for (PeerLine line : timeline().get(0).dump().orElseThrow().peers()) {
            clients().stream()
                    .filter(client -> client.publicKey().equals(line.key()))
                    .forEach(client -> names.put(names.size() + 1, client.name()));
        }
        return names;
    }

    /** When events.tsv says that this happened, in seconds since the first dump. */
    public static double event(String what) {
        List<Double> times =
                text("events.tsv")
                        .lines()
                        .map(line -> line.split("\t"))
                        .filter(fields -> fields[2].startsWith(what))
                        .map(fields -> Double.parseDouble(fields[0]))
                        .toList();
        if (times.size() != 1) {
            throw new IllegalArgumentException(times.size() + " events: " + what);
        }
        return times.get(0);
    }
}
