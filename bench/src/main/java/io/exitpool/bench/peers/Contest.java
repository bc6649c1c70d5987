package io.exitpool.bench.peers;

import io.exitpool.bench.report.Output;
import io.exitpool.demo.stack.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rounds: in each, every peer is started, warmed up, measured and stopped, one at a time. */
final class Contest {

    private final Path directory;
    private final Fleet fleet;
    private final int rounds;
    private final Load load;

    Contest(StateDirectory directory, Fleet fleet, int rounds, Load load) {
        this.directory = directory.path().toAbsolutePath();
        this.fleet = fleet;
        this.rounds = rounds;
        this.load = load;
        if (directory.isTemporary()) {
            letPass(this.directory);
        }
    }

    Comparison run(List<Peer> peers, Output output) throws InterruptedException {
        Comparison comparison = new Comparison(peers);
        for (int round = 1; round <= rounds; round++) {
            for (Peer peer : peers) {
                Row row = measure(peer);
                comparison.add(peer, row);
                output.say(line(round, row));
            }
        }
        return comparison;
    }

    /** Its directory goes when it succeeded; after a failure its logs are of use. */
    private Row measure(Peer peer) throws InterruptedException {
        try {
            Path home = Files.createTempDirectory(directory, peer.family() + "-");
            Row row = peer.measure(home, fleet, load);
            remove(home);
            return row;
        } catch (PeerException e) {
            throw new PeerException(peer.name() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(int round, Row row) {
        String line =
                String.format(
                        Locale.ROOT,
                        "round %d: %-36s %,9.0f events/s",
                        round,
                        row.peer(),
                        row.eventsPerSecond());
        if (row.startP50Millis() != null) {
            line +=
                    String.format(
                            Locale.ROOT,
                            "; start p50 %.2f ms, p99 %.2f ms",
                            row.startP50Millis(),
                            row.startP99Millis());
        }
        return line + String.format(Locale.ROOT, "; %,d decisions, all right", row.decisions());
    }

    /** Another user's PostgreSQL must come through to its own directory, but see nothing else. */
    private static void letPass(Path temporary) {
        try {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
