package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.agent.DumpReplay;
import io.exitpool.agent.ReplayResult;
import io.exitpool.agent.ReplaySession;
import io.exitpool.agent.wireguard.DownReason;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The captured exit server through agent, broker, allocation and audit, against the list of what
 * was done to its clients. A dump was taken every second, and times are whole seconds.
 */
class CaptureIT {
    private static final String SERVER = "se-sto-wg-208";
    private static final Path CAPTURE =
            Path.of("..", "connectors", "agent", "src", "test", "resources", "wireguard");
    private static final Offset<Double> TOLERANCE = within(2.0);

    private static final String POOLS =
            """
            servers:
              se-sto-wg-208:
                v4: [192.0.2.1-192.0.2.30]
                v6: ["2001:db8:208::1-2001:db8:208::1e"]
            """;

    @Test
    void shouldGiveTheCapturedSessionsTheirAddresses() throws IOException {
        try (Site site = Site.onSharedCluster();
                ExitpoolApp app = site.startAllocation("allocation")) {
            // given
            site.applyPools(POOLS);

            // when
            ReplayResult result =
                    DumpReplay.run(
                            site.connection(), SERVER, CAPTURE.resolve("timeline.txt"), true);

            // then
            assertThat(result.complete()).isTrue();
            assertThat(result.sessions()).hasSize(9);
            assertSessionsAreThoseThatWere(byClient(result.sessions()));
            assertEachHasAnAddressOfItsOwn(result.sessions());
            assertStartsAreToldAsTheyWere(site, result.sessions());
            Decisions decisions = Decisions.read(site.connection());
            assertThat(decisions.leases(SERVER)).isEmpty();
            Audits.assertClean(site);
        }
    }

    private static void assertSessionsAreThoseThatWere(Map<String, List<ReplaySession>> found) {
        assertThat(found).containsOnlyKeys("c1", "c2", "c3", "c5");
        double restart = event("server wireguard-go back");

        List<ReplaySession> c1 = found.get("c1");
        assertThat(c1).hasSize(1);
        begins(c1.get(0), event("c1 tunnel started"));
        ends(c1.get(0), restart, DownReason.PEER_RESET);

        List<ReplaySession> c2 = found.get("c2");
        assertThat(c2).hasSize(2);
        begins(c2.get(0), event("c2 tunnel started"));
        assertThat(event("c2 roams")).isBetween(5.0, event("c2 peer removed"));
        ends(c2.get(0), event("c2 peer removed"), DownReason.PEER_REMOVED);
        assertThat((double) c2.get(1).startSecond()).isGreaterThan(event("c2 peer added again"));
        lives(c2.get(1));

        List<ReplaySession> c3 = found.get("c3");
        assertThat(c3).hasSize(3);
        begins(c3.get(0), event("c3 tunnel started"));
        // Idle without keepalive: over when its handshake is 180 s old.
        ends(c3.get(0), c3.get(0).startSecond() + 181.0, DownReason.SILENT);
        ends(c3.get(1), restart, DownReason.PEER_RESET);
        assertThat((double) c3.get(2).startSecond()).isGreaterThan(restart);
        lives(c3.get(2));

        List<ReplaySession> c5 = found.get("c5");
        assertThat(c5).hasSize(3);
        begins(c5.get(0), event("c5 tunnel started (keepalive 25)"));
        // Killed without a goodbye: nobody can know before its handshake is 180 s old.
        assertThat(event("c5 killed")).isLessThan(c5.get(0).endSecond().orElseThrow());
        ends(c5.get(0), c5.get(0).startSecond() + 181.0, DownReason.SILENT);
        begins(c5.get(1), event("c5 tunnel started again"));
        ends(c5.get(1), restart, DownReason.PEER_RESET);
        assertThat((double) c5.get(2).startSecond()).isGreaterThan(restart);
        lives(c5.get(2));
    }

    /** Sessions that live at the same time never share one. */
    private static void assertEachHasAnAddressOfItsOwn(List<ReplaySession> sessions) {
        for (ReplaySession one : sessions) {
            assertThat(one.rejection()).isEmpty();
            assertThat(one.lease()).isPresent();
            assertThat(one.lease().get().v4().orElseThrow()).startsWith("192.0.2.");
            assertThat(one.lease().get().v6().orElseThrow()).startsWith("2001:db8:208::");
            Set<Integer> slots = new HashSet<>();
            sessions.stream()
                    .filter(other -> livesAt(other, one.startSecond()))
                    .forEach(other -> assertThat(slots.add(other.lease().get().slot())).isTrue());
        }
    }

    private static boolean livesAt(ReplaySession session, long second) {
        return session.startSecond() <= second
                && session.endSecond().orElse(Long.MAX_VALUE) > second;
    }

    /** What the agent said of them is in the topic, at the capture's times. */
    private static void assertStartsAreToldAsTheyWere(Site site, List<ReplaySession> sessions) {
        List<Long> told = new ArrayList<>();
        TopicReader.readToEnd(
                site.connection(),
                Topics.SESSION_EVENTS,
                entry -> {
                    if (entry.value().getEvent() instanceof AgentEvent said
                            && said.getBody() instanceof SessionStarted start
                            && start.getAttempt() == 0) {
                        told.add(said.getOccurredAt() - begin());
                    }
                });
        assertThat(told)
                .containsExactlyElementsOf(
                        sessions.stream().map(ReplaySession::startSecond).toList());
    }

    private static void begins(ReplaySession session, double expected) {
        assertThat((double) session.startSecond()).isCloseTo(expected, TOLERANCE);
    }

    private static void ends(ReplaySession session, double expected, DownReason reason) {
        assertThat((double) session.endSecond().orElseThrow()).isCloseTo(expected, TOLERANCE);
        assertThat(session.reason()).contains(reason);
    }

    private static void lives(ReplaySession session) {
        assertThat(session.endSecond()).isEmpty();
        assertThat(session.reason()).isEmpty();
    }

    private static Map<String, List<ReplaySession>> byClient(List<ReplaySession> sessions) {
        Map<Integer, String> names = names();
        Map<String, List<ReplaySession>> byClient = new TreeMap<>();
        for (ReplaySession session : sessions) {
            byClient.computeIfAbsent(names.get(session.peer()), name -> new ArrayList<>())
                    .add(session);
        }
        return byClient;
    }

    /** The clients by their peers' numbers: the order of the keys in the first dump. */
    private static Map<Integer, String> names() {
        Map<String, String> byKey = new HashMap<>();
        lines("peers.tsv").stream()
                .skip(1)
                .map(line -> line.split("\t"))
                .forEach(fields -> byKey.put(fields[1], fields[0]));
        Map<Integer, String> names = new TreeMap<>();
        // The first line is the header, the second the interface.
        for (String line : lines("timeline.txt").subList(2, 2 + byKey.size())) {
            names.put(names.size() + 1, byKey.get(line.split("\t")[0]));
        }
        assertThat(names).doesNotContainValue(null);
        return names;
    }

    /** When this happened, in seconds since the first dump. */
    private static double event(String what) {
        List<Double> times =
                lines("events.tsv").stream()
                        .map(line -> line.split("\t"))
                        .filter(fields -> fields[2].startsWith(what))
                        .map(fields -> Double.valueOf(fields[0]))
                        .toList();
        assertThat(times).as(what).hasSize(1);
        return times.get(0);
    }

    /** Of the capture, in seconds since 1970. */
    private static long begin() {
        String header = lines("timeline.txt").get(0);
        return (long) Double.parseDouble(header.substring(header.indexOf("epoch=") + 6));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(CAPTURE.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
