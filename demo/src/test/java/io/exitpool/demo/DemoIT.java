package io.exitpool.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.demo.stack.LocalStack;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its command runs it, with everything real but the clients. */
class DemoIT {

    /** Shows every incident, as any seed does on a machine that keeps up. */
    private static final long USUAL_SEED = 772_461;

    private static final Path CAPTURE =
            Path.of("../connectors/agent/src/test/resources/wireguard/timeline.txt");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir private Path directory;

    @Test
    void shouldShowEverythingThatHappensToAFleetWithoutAViolation() throws IOException {
        // given: the hour of incidents passes in a minute
        DemoSettings settings = settings(Duration.ofSeconds(60), 60, Optional.of(directory));

        // when
        int exitCode = demo(settings).run();

        // then
        JsonNode json = json();
        assertThat(json.get("violations")).as(json.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(json.get("audited").booleanValue()).isTrue();
        assertThat(json.get("seed").longValue()).isEqualTo(settings.seed());
        assertThat(json.get("servers").intValue()).isEqualTo(13);
        assertThat(json.get("durationSeconds").doubleValue()).isBetween(60.0, 68.0);
        assertThat(json.get("events").longValue()).isPositive();
        assertThat(json.get("grants").longValue()).isPositive();
        assertThat(json.get("adoptions").longValue()).isPositive();
        assertThat(json.get("crashes").intValue()).isEqualTo(1);
        assertThat(json.get("storms").intValue()).isEqualTo(1);
        assertThat(json.get("agentRestarts").intValue()).isEqualTo(1);
        assertThat(json.get("operatorActions").intValue()).isEqualTo(3);
        assertThat(json.get("rejections").get("EXHAUSTED").longValue()).isPositive();
        assertThat(json.get("rungs"))
                .as("rungs %s", json.get("rungs"))
                .hasSize(4)
                .allMatch(count -> count.longValue() > 0);
        assertThat(json.get("releases"))
                .as("releases %s", json.get("releases"))
                .allMatch(count -> count.longValue() > 0);
        double p50 = json.get("decisionLatencyMillis").get("p50").doubleValue();
        double p99 = json.get("decisionLatencyMillis").get("p99").doubleValue();
        assertThat(p50).isPositive().isLessThanOrEqualTo(p99);
        assertThat(json.get("insight").get("servers")).hasSize(13);
        assertThat(json.get("insight").get("windows").get("lostDecisions").longValue()).isZero();
        assertAlerts(json.get("alerts"));
    }

    /** The reconnect waves dry three pools; the crash silences one server. Nothing else happens. */
    private void assertAlerts(JsonNode alerts) {
        Map<String, List<Alert>> told = alertsTold();
        assertThat(resolved(told, AlertKind.EXHAUSTED))
                .as(alerts::toString)
                .containsExactlyInAnyOrder("au-mel-wg-402", "de-fra-wg-103", "us-slc-wg-303");
        assertThat(resolved(told, AlertKind.SERVER_SILENT))
                .singleElement()
                .asString()
                .startsWith("us-");
        assertThat(alerts.get("opened").get("SERVER_SILENT").longValue()).isEqualTo(1);
        assertThat(alerts.get("resolved").get("SERVER_SILENT").longValue()).isEqualTo(1);
        assertThat(alerts.get("opened").get("EXHAUSTED"))
                .isEqualTo(alerts.get("resolved").get("EXHAUSTED"));
        // The hour's load goes on to be what the waves made it: these may be open, or none.
        assertThat(alerts.get("opened").fieldNames())
                .toIterable()
                .isSubsetOf(
                        "EXHAUSTED",
                        "SERVER_SILENT",
                        "NEAR_EXHAUSTION",
                        "TIME_TO_FULL",
                        "EXCESS_BLOCKING",
                        "HOT_REUSE");
        told.values().forEach(DemoIT::assertEpisodes);
    }

    /** One OPEN, perhaps told again, and then one RESOLVED, before the next one opens. */
    private static void assertEpisodes(List<Alert> told) {
        long last = 0;
        boolean open = false;
        for (Alert alert : told) {
            boolean opens = alert.getState() == AlertState.OPEN && alert.getRevision() == 0;
            assertThat(open).as("%s is open before %s", told, alert).isNotEqualTo(opens);
            if (opens) {
                assertThat(alert.getEpisode()).as("%s", told).isGreaterThan(last);
                last = alert.getEpisode();
            }
            assertThat(alert.getEpisode()).as("%s", told).isEqualTo(last);
            open = alert.getState() == AlertState.OPEN;
        }
    }

    /** By SERVER/KIND, each in its order. */
    private Map<String, List<Alert>> alertsTold() {
        Map<String, List<Alert>> told = new HashMap<>();
        try (LocalStack stack = LocalStack.start(directory, LocalStack.Ports.ANY, line -> {})) {
            TopicReader.readToEnd(
                    stack.connection(),
                    Topics.POOL_ALERTS,
                    entry ->
                            told.computeIfAbsent(entry.key(), key -> new ArrayList<>())
                                    .add(entry.value()));
        }
        return told;
    }

    /** Servers whose last alert of the kind is over. */
    private static List<String> resolved(Map<String, List<Alert>> told, AlertKind kind) {
        return told.values().stream()
                .map(alerts -> alerts.get(alerts.size() - 1))
                .filter(alert -> alert.getKind() == kind)
                .filter(alert -> alert.getState() == AlertState.RESOLVED)
                .map(Alert::getServer)
                .toList();
    }

    @Test
    void shouldGoOnFromWhatItHeld() throws IOException {
        // given
        DemoSettings settings = settings(Duration.ofSeconds(5), 60, Optional.of(directory));
        assertThat(demo(settings).run()).isZero();
        long held = tunnels();
        assertThat(held).isPositive();
        out.reset();
        long between = System.currentTimeMillis();

        // when
        int exitCode = demo(settings).run();

        // then: who had an address kept it
        JsonNode json = json();
        assertThat(json.get("violations")).as(json.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(json.get("adoptions").longValue()).isEqualTo(held);
        assertThat(leasedBefore(between))
                .as("the first agents' sessions gave their addresses on, or back")
                .isEmpty();
    }

    /**
     * Sessions granted before a time and never released: as the topic has it, because a fleet reads
     * from its start on, and what it left may have expired by then.
     */
    private Set<SessionId> leasedBefore(long millis) {
        Set<SessionId> leased = new HashSet<>();
        try (LocalStack stack = LocalStack.start(directory, LocalStack.Ports.ANY, line -> {})) {
            TopicReader.readToEnd(
                    stack.connection(),
                    Topics.DECISIONS,
                    entry -> {
                        SessionId session = entry.value().getSession();
                        Object outcome = entry.value().getOutcome();
                        if (outcome instanceof Granted && entry.timestamp() < millis) {
                            leased.add(session);
                        } else if (outcome instanceof Released) {
                            leased.remove(session);
                        }
                    });
        }
        return leased;
    }

    @Test
    void shouldReplayACaptureWithItsAddresses() {
        // given
        DemoSettings settings = settings(Duration.ZERO, 1, Optional.empty());

        // when
        int exitCode =
                new DumpDemo(settings, progress(), printStream(), false)
                        .run(CAPTURE, "se-sto-wg-208");

        // then
        assertThat(exitCode).isZero();
        assertThat(output())
                .contains("se-sto-wg-208: 9 sessions in 8:40 of capture; 9 grants, 0 rejections")
                .containsPattern(
                        "   4 +0:06 +5:32  peer reset +203\\.0\\.113\\.\\d+ +2001:db8:5::");
    }

    private FleetDemo demo(DemoSettings settings) {
        return new FleetDemo(settings, progress(), printStream(), true);
    }

    private static DemoSettings settings(Duration duration, double speed, Optional<Path> stateDir) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? USUAL_SEED : Long.parseLong(given);
        System.out.printf("reproduce with: mvn verify -pl demo -am -Dseed=%d%n", seed);
        return new DemoSettings(
                Optional.of(duration),
                seed,
                1,
                speed,
                "",
                stateDir,
                LocalStack.Ports.ANY,
                0,
                Optional.empty());
    }

    private static Progress progress() {
        return new Progress(new PrintWriter(System.out, true));
    }

    private PrintStream printStream() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        assertThat(output().lines()).hasSize(1);
        return new ObjectMapper().readTree(output());
    }

    /** Those that do not end while nobody watches them. */
    private long tunnels() throws IOException {
        JsonNode servers =
                new ObjectMapper().readTree(Files.readString(directory.resolve("fleet.json")));
        return servers.findValues("minutesLeft").stream()
                .filter(minutes -> minutes.doubleValue() > 0)
                .count();
    }
}
