package io.exitpool.agent.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SessionDetectorTest {
    /** A time at which nothing happens to be zero. */
    private static final long T = 1_000_000;

    private final SessionDetector detector = new SessionDetector(DetectorSettings.DEFAULT);

    @Test
    void shouldBeginASessionWithTheFirstHandshake() {
        assertThat(see(0, new DumpLines().peer('a', 0, 0, 0))).isEmpty();

        assertThat(see(1, new DumpLines().peer('a', T + 1, 148, 92))).containsExactly("peer 1 up");
        assertThat(see(2, new DumpLines().peer('a', T + 1, 148, 92))).isEmpty();
    }

    @Test
    void shouldTakeAFreshHandshakeAtTheFirstLookForALiveSession() {
        DumpLines dump = new DumpLines().peer('a', T - 180, 148, 92).peer('b', T - 181, 148, 92);

        assertThat(see(0, dump)).containsExactly("peer 1 up");
    }

    @Test
    void shouldNotBeginASessionBecauseAnOldPeersCountersMove() {
        see(0, new DumpLines().peer('b', T - 181, 148, 92));

        assertThat(see(1, new DumpLines().peer('b', T - 181, 149, 92))).isEmpty();
        assertThat(see(2, new DumpLines().peer('b', T + 2, 249, 184))).containsExactly("peer 1 up");
    }

    @Test
    void shouldGoOnWithTheSameSessionWhenThePeerRoamsOrRekeys() {
        see(0, new DumpLines().peer('a', "192.0.2.1:1000", T, 148, 92));

        DumpLines roamed = new DumpLines().peer('a', "198.51.100.7:2000", T + 121, 996, 184);

        assertThat(see(121, roamed)).isEmpty();
    }

    @Test
    void shouldEndASessionWhoseHandshakeIsOlderThan180SecondsAndThatIsQuiet() {
        see(0, new DumpLines().peer('a', T, 148, 92));
        see(100, new DumpLines().peer('a', T, 500, 92));

        assertThat(see(180, new DumpLines().peer('a', T, 500, 92))).isEmpty();
        assertThat(see(181, new DumpLines().peer('a', T, 500, 92)))
                .containsExactly("peer 1 down SILENT");
        assertThat(see(182, new DumpLines().peer('a', T, 500, 92))).isEmpty();
    }

    @Test
    void shouldNotEndASessionWithAnOldHandshakeWhileBytesArrive() {
        see(0, new DumpLines().peer('a', T, 148, 92));
        see(175, new DumpLines().peer('a', T, 500, 92));

        assertThat(see(181, new DumpLines().peer('a', T, 500, 92))).isEmpty();
        assertThat(see(184, new DumpLines().peer('a', T, 501, 92))).isEmpty();
        assertThat(see(193, new DumpLines().peer('a', T, 501, 92))).isEmpty();
        assertThat(see(194, new DumpLines().peer('a', T, 501, 92)))
                .containsExactly("peer 1 down SILENT");
    }

    @Test
    void shouldBeginANewSessionWhenASilentPeerShakesHandsAgain() {
        see(0, new DumpLines().peer('a', T, 148, 92));
        see(181, new DumpLines().peer('a', T, 148, 92));

        assertThat(see(200, new DumpLines().peer('a', T + 199, 376, 184)))
                .containsExactly("peer 1 up");
    }

    @Test
    void shouldEndASessionSoonerWhenTheIdleThresholdIsLower() {
        SessionDetector impatient =
                new SessionDetector(new DetectorSettings(180, 10, 75, 180, 600));
        see(impatient, 0, new DumpLines().peer('a', T, 148, 92));
        see(impatient, 40, new DumpLines().peer('a', T, 180, 92));

        assertThat(see(impatient, 114, new DumpLines().peer('a', T, 180, 92))).isEmpty();
        assertThat(see(impatient, 115, new DumpLines().peer('a', T, 180, 92)))
                .containsExactly("peer 1 down SILENT");
        // It was only idle, and its keys are still good.
        assertThat(see(impatient, 120, new DumpLines().peer('a', T, 212, 92)))
                .containsExactly("peer 1 up");
    }

    @Test
    void shouldKeepAnIdleSessionWhenTheThresholdsAreHigher() {
        SessionDetector patient =
                new SessionDetector(new DetectorSettings(180, 3600, 3600, 180, 600));
        see(patient, 0, new DumpLines().peer('a', T, 148, 92));

        assertThat(see(patient, 3599, new DumpLines().peer('a', T, 148, 92))).isEmpty();
        assertThat(see(patient, 3600, new DumpLines().peer('a', T, 148, 92)))
                .containsExactly("peer 1 down SILENT");
    }

    @Test
    void shouldEndASessionWhenItsCountersDecrease() {
        see(0, new DumpLines().peer('a', T, 500, 400).peer('b', T, 500, 400));

        assertThat(see(1, new DumpLines().peer('a', T, 499, 400).peer('b', T, 500, 399)))
                .containsExactly(
                        "peer 1 down PEER_RESET",
                        "peer 2 down PEER_RESET",
                        "peer 1 up",
                        "peer 2 up");
    }

    @Test
    void shouldEndASessionWhenItsHandshakeIsGoneAndBeginTheNextWithTheNextOne() {
        see(0, new DumpLines().peer('a', T, 500, 400));

        assertThat(see(1, new DumpLines().peer('a', 0, 0, 0)))
                .containsExactly("peer 1 down PEER_RESET");
        assertThat(see(2, new DumpLines().peer('a', 0, 0, 92))).isEmpty();
        assertThat(see(3, new DumpLines().peer('a', T + 3, 148, 184))).containsExactly("peer 1 up");
    }

    @Test
    void shouldEndTheSessionOfAPeerThatWasRemovedAndKnowItAgain() {
        see(0, new DumpLines().peer('a', T, 500, 400).peer('b', T, 500, 400));

        assertThat(see(1, new DumpLines().peer('b', T, 501, 400)))
                .containsExactly("peer 1 down PEER_REMOVED");
        assertThat(see(2, new DumpLines().peer('b', T, 502, 400).peer('a', 0, 0, 0))).isEmpty();
        assertThat(see(3, new DumpLines().peer('b', T, 503, 400).peer('a', T + 3, 148, 92)))
                .containsExactly("peer 1 up");
    }

    @Test
    void shouldForgetAPeerLongAfterItWasRemoved() {
        see(0, new DumpLines().peer('a', T, 500, 400));
        see(1, new DumpLines());
        see(601, new DumpLines());

        assertThat(see(602, new DumpLines().peer('a', T + 602, 148, 92)))
                .containsExactly("peer 2 up");
    }

    @Test
    void shouldEndNothingWhenTheDaemonComesBackWithItsCounters() {
        see(0, new DumpLines().peer('a', T, 500, 400));

        assertThat(down(1)).isEmpty();
        assertThat(down(2)).isEmpty();
        assertThat(see(3, new DumpLines().peer('a', T, 500, 400))).isEmpty();
    }

    @Test
    void shouldEndTheSessionsOfADaemonThatComesBackWithNewCounters() {
        see(0, new DumpLines().peer('a', T, 500, 400).peer('b', 0, 0, 0));
        down(1);

        assertThat(see(2, new DumpLines().peer('b', 0, 0, 0).peer('a', 0, 0, 0)))
                .containsExactly("peer 1 down PEER_RESET");
    }

    @Test
    void shouldEndAllSessionsWhenTheDaemonStaysDown() {
        see(0, new DumpLines().peer('a', T, 500, 400).peer('b', T, 500, 400));
        down(1);

        assertThat(down(180)).isEmpty();
        assertThat(down(181))
                .containsExactly("peer 1 down DAEMON_STOPPED", "peer 2 down DAEMON_STOPPED");
        assertThat(down(182)).isEmpty();
        assertThat(see(183, new DumpLines().peer('a', T, 500, 400).peer('b', T + 183, 600, 500)))
                .containsExactly("peer 2 up");
    }

    @Test
    void shouldMeasureSilenceAnewWhenTheClockIsSetBack() {
        see(0, new DumpLines().peer('a', T, 500, 400));

        assertThat(see(-3600, new DumpLines().peer('a', T, 500, 400))).isEmpty();
        assertThat(see(-3421, new DumpLines().peer('a', T, 500, 400))).isEmpty();
        // The handshake is in the future and never old; silence is what counts.
        assertThat(see(-3420, new DumpLines().peer('a', T, 500, 400)))
                .containsExactly("peer 1 down SILENT");
    }

    @Test
    void shouldEndASessionThatDiedWhileNobodyLooked() {
        see(0, new DumpLines().peer('a', T, 500, 400));

        assertThat(see(5000, new DumpLines().peer('a', T + 100, 900, 400))).isEmpty();
        assertThat(see(5010, new DumpLines().peer('a', T + 100, 900, 400)))
                .containsExactly("peer 1 down SILENT");
    }

    @Test
    void shouldNumberPeersAsTheyStandInTheFirstDumpAndReportInThatOrder() {
        see(0, new DumpLines().peer('z', 0, 0, 0).peer('a', 0, 0, 0).peer('m', 0, 0, 0));

        DumpLines up =
                new DumpLines()
                        .peer('a', T + 1, 148, 92)
                        .peer('n', T + 1, 148, 92)
                        .peer('m', T + 1, 148, 92)
                        .peer('z', T + 1, 148, 92);

        assertThat(see(1, up)).containsExactly("peer 1 up", "peer 2 up", "peer 3 up", "peer 4 up");
    }

    private List<String> see(long second, DumpLines dump) {
        return see(detector, second, dump);
    }

    private static List<String> see(SessionDetector detector, long second, DumpLines dump) {
        return shown(detector.observe(Observation.of((T + second) * 1000 + 856, dump.dump())));
    }

    private List<String> down(long second) {
        return shown(detector.observe(Observation.daemonDown((T + second) * 1000)));
    }

    private static List<String> shown(List<Transition> transitions) {
        return transitions.stream()
                .map(
                        transition ->
                                transition.<String>match(
                                        up -> up.peer() + " up",
                                        down -> down.peer() + " down " + down.reason()))
                .collect(Collectors.toList());
    }
}
