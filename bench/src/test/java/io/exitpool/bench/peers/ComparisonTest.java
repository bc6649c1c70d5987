package io.exitpool.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Peer OURS = new ExitpoolPeer("Exitpool", false, 16, 256);
    private static final Peer OTHER = new PostgresPeer("PostgreSQL", true, 16);

    @Test
    void shouldTakeTheMedianOfTheRoundsRatios() {
        // given a second round in which everything was slow
        Comparison comparison = new Comparison(List.of(OTHER, OURS));
        double[] ours = {90_000, 10_000, 100_000};
        double[] other = {9_000, 1_000, 5_000};

        // when
        for (int i = 0; i < ours.length; i++) {
            comparison.add(OTHER, row(OTHER, other[i]));
            comparison.add(OURS, row(OURS, ours[i]));
        }

        // then
        assertThat(comparison.ratio(OURS, OTHER)).isCloseTo(10, within(1e-9));
        assertThat(comparison.median(OURS).eventsPerSecond()).isEqualTo(90_000);
        assertThat(comparison.median(OTHER).decisions()).isEqualTo(30);
        assertThat(comparison.ratioTable().toString()).contains("PostgreSQL").contains("10.0");
    }

    @Test
    void shouldHaveNoRatiosWithoutBothSides() {
        assertThat(new Comparison(List.of(OTHER)).hasRatios()).isFalse();
        assertThat(new Comparison(List.of(OURS)).hasRatios()).isFalse();
    }

    @Test
    void shouldNameEachPeerOnce() {
        List<Peer> all = Peers.of(EnumSet.allOf(Peer.Family.class), 16);

        assertThat(all).extracting(Peer::name).doesNotHaveDuplicates();
        assertThat(all).extracting(Peer::family).contains(Peer.Family.values());
    }

    private static Row row(Peer peer, double eventsPerSecond) {
        return new Row(peer.name(), "1", "disk", 16, 1, eventsPerSecond, 1.0, 2.0, 0, 10);
    }
}
