package io.exitpool.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole comparison at a tiny size, with a real PostgreSQL, Redis and Exitpool. */
class PeersIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A stranger's build goes on without the peers; in CI their absence is a failure. */
    @BeforeAll
    static void findPrograms() {
        try {
            Programs.postgresqlDirectory();
            Programs.redisServer();
        } catch (PeerException e) {
            if (System.getenv("CI") != null) {
                throw e;
            }
            abort("skipped: " + e.getMessage());
        }
    }

    @Test
    void shouldMeasureEveryPeerAndLeaveNothingBehind(@TempDir Path directory) throws Exception {
        // given
        letOthersThrough(directory);

        // when
        int exit =
                run(
                        "--json",
                        "--rounds=1",
                        "--warm-up=1",
                        "--seconds=2",
                        "--servers=64",
                        "--slots=12",
                        "--clients=4",
                        "--dir=" + directory);

        // then
        assertThat(exit).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.get("medians")).hasSize(Peers.of(families(), 4).size());
        for (JsonNode row : report.get("medians")) {
            assertThat(row.get("eventsPerSecond").asDouble()).as(row.toString()).isPositive();
            assertThat(row.get("decisions").asLong()).as(row.toString()).isPositive();
            assertThat(row.has("startP99Millis"))
                    .as(row.toString())
                    .isNotEqualTo(row.get("peer").asText().equals("Exitpool, backlog"));
        }
        assertThat(report.at("/ratios/Exitpool/PostgreSQL").asDouble()).isPositive();
        assertThat(report.at("/ratios/Exitpool/Redis, AOF always").asDouble()).isPositive();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void shouldRefuseFewerServersThanConnections() {
        int exit = run("--servers=10", "--only=redis");

        assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--servers is at least 64");
    }

    private static Set<Peer.Family> families() {
        return EnumSet.allOf(Peer.Family.class);
    }

    /** JUnit's directory is for its own user only, and PostgreSQL may run as another. */
    private static void letOthersThrough(Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private int run(String... arguments) {
        return new CommandLine(new PeersCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
