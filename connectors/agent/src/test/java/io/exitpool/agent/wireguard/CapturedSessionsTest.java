package io.exitpool.agent.wireguard;

import static io.exitpool.agent.wireguard.CapturedData.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The detector on a real capture, against what was done to the clients. A dump is taken once a
 * second and times are whole seconds, so everything is found within two seconds.
 */
class CapturedSessionsTest {
    private static final Offset<Double> TOLERANCE = within(2.0);

    private final Map<String, List<Found>> found = sessions(CapturedData.timeline());

    @Test
    void shouldFindTheSessionsThatReallyWere() {
        assertThat(found).containsOnlyKeys("c1", "c2", "c3", "c5");
        assertThat(found.get("c1")).hasSize(1);
        assertThat(found.get("c2")).hasSize(2);
        assertThat(found.get("c3")).hasSize(3);
        assertThat(found.get("c5")).hasSize(3);
    }

    @Test
    void shouldBeginTheFirstSessionsWhenTheTunnelsStarted() {
        found("c1", 0).beginsAt(event("c1 tunnel started"));
        found("c2", 0).beginsAt(event("c2 tunnel started"));
        found("c3", 0).beginsAt(event("c3 tunnel started"));
        found("c5", 0).beginsAt(event("c5 tunnel started (keepalive 25)"));
    }

    @Test
    void shouldEndASessionWhenItsPeerIsRemovedAndNotWhenItRoams() {
        assertThat(event("c2 roams")).isLessThan(event("c2 peer removed"));

        found("c2", 0).endsAt(event("c2 peer removed"), DownReason.PEER_REMOVED);
        found("c2", 1).beginsAt(handshake("c2", event("c2 peer added again"))).lives();
    }

    @Test
    void shouldEndADeadClientsSessionWhenItsKeysAreTooOld() {
        // Its only handshake was the first; it was killed a minute later.
        double handshake = handshake("c5", 0);

        found("c5", 0).endsAt(handshake + 180, DownReason.SILENT);
        assertThat(event("c5 killed")).isLessThan(handshake + 180);
        found("c5", 1).beginsAt(event("c5 tunnel started again"));
    }

    @Test
    void shouldEndAnIdleClientsSessionAndBeginAnotherWhenItSpeaks() {
        found("c3", 0).endsAt(handshake("c3", 0) + 180, DownReason.SILENT);
        found("c3", 1).beginsAt(handshake("c3", 187));
    }

    @Test
    void shouldEndAllSessionsWhenTheDaemonRestarts() {
        double back = event("server wireguard-go back");

        found("c1", 0).endsAt(back, DownReason.PEER_RESET);
        found("c3", 1).endsAt(back, DownReason.PEER_RESET);
        found("c5", 1).endsAt(back, DownReason.PEER_RESET);
        found("c3", 2).beginsAt(handshake("c3", back)).lives();
        found("c5", 2).beginsAt(handshake("c5", back)).lives();
    }

    private Found found(String client, int index) {
        return found.get(client).get(index);
    }

    private static Map<String, List<Found>> sessions(List<Observation> observations) {
        SessionDetector detector = new SessionDetector(DetectorSettings.DEFAULT);
        Map<Integer, String> names = CapturedData.names();
        long begin = observations.get(0).atMillis() / 1000;
        Map<String, List<Found>> found = new TreeMap<>();
        Map<PeerRef, Found> live = new HashMap<>();
        for (Observation observation : observations) {
            for (Transition transition : detector.observe(observation)) {
                transition.match(
                        up -> {
                            Found session = new Found(up.atSeconds() - begin);
                            assertThat(live.put(up.peer(), session)).isNull();
                            found.computeIfAbsent(
                                            names.get(up.peer().ordinal()), c -> new ArrayList<>())
                                    .add(session);
                            return session;
                        },
                        down -> {
                            Found session = live.remove(down.peer());
                            session.end = OptionalDouble.of(down.atSeconds() - begin);
                            session.reason = down.reason();
                            return session;
                        });
            }
        }
        return found;
    }

    /** The client's first handshake after a time, both in seconds since the first dump. */
    private static double handshake(String client, double after) {
        String key =
                CapturedData.clients().stream()
                        .filter(c -> c.name().equals(client))
                        .findFirst()
                        .orElseThrow()
                        .publicKey();
        List<Observation> timeline = CapturedData.timeline();
        long begin = timeline.get(0).atMillis() / 1000;
        return timeline.stream()
                .flatMap(observation -> observation.dump().stream())
                .flatMap(dump -> dump.peers().stream())
                .filter(line -> line.key().equals(key))
                .mapToDouble(line -> line.handshake() - begin)
                .filter(handshake -> handshake > after)
                .min()
                .orElseThrow();
    }

    /** A session as the detector saw it, in seconds since the first dump. */
    private static final class Found {
        private final double start;
        private OptionalDouble end = OptionalDouble.empty();
        private DownReason reason;

        private Found(double start) {
            this.start = start;
        }

        Found beginsAt(double expected) {
            assertThat(start).isCloseTo(expected, TOLERANCE);
            return this;
        }

        void endsAt(double expected, DownReason expectedReason) {
            assertThat(end).isPresent();
            assertThat(end.getAsDouble()).isCloseTo(expected, TOLERANCE);
            assertThat(reason).isEqualTo(expectedReason);
        }

        void lives() {
            assertThat(end).isEmpty();
        }
    }
}
