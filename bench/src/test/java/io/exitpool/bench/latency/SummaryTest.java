package io.exitpool.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.bench.latency.Summary.Ratio;
import io.exitpool.bench.latency.Summary.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final int RATE = 100;
    private static final int NONE_LOST = 0;

    @Test
    void shouldTakeTheMedianOfTheRoundsRatios() {
        // given: a machine that becomes slower from round to round, and what is always twice as
        // slow
        List<Round> rounds =
                List.of(
                        round(1, Variant.LOOP, 4, 10, NONE_LOST),
                        round(1, Variant.ALLOCATION, 8, 20, NONE_LOST),
                        round(2, Variant.LOOP, 6, 15, NONE_LOST),
                        round(2, Variant.ALLOCATION, 12, 30, NONE_LOST),
                        round(3, Variant.LOOP, 40, 100, NONE_LOST),
                        round(3, Variant.ALLOCATION, 80, 200, NONE_LOST));

        // when
        Summary summary = Summary.of(rounds);

        // then
        assertThat(summary.rows())
                .containsExactly(
                        row(Variant.LOOP, 3, 6, 15, Optional.empty()),
                        row(Variant.ALLOCATION, 3, 12, 30, Optional.of(new Ratio(2, 2))));
    }

    @Test
    void shouldLeaveOutARoundWithLostEvents() {
        // given
        List<Round> rounds =
                List.of(
                        round(1, Variant.LOOP, 4, 10, NONE_LOST),
                        round(1, Variant.ALLOCATION, 900, 5_000, 7),
                        round(2, Variant.LOOP, 5, 10, NONE_LOST),
                        round(2, Variant.ALLOCATION, 10, 40, NONE_LOST));

        // when
        Summary summary = Summary.of(rounds);

        // then
        assertThat(summary.rows())
                .last()
                .isEqualTo(row(Variant.ALLOCATION, 1, 10, 40, Optional.of(new Ratio(2, 4))));
    }

    @Test
    void shouldHaveNoRowOfWhatWasNeverValid() {
        // given
        List<Round> rounds =
                List.of(
                        round(1, Variant.LOOP, 4, 10, 1),
                        round(1, Variant.ALLOCATION, 8, 20, NONE_LOST));

        // when
        Summary summary = Summary.of(rounds);

        // then
        assertThat(summary.rows())
                .containsExactly(row(Variant.ALLOCATION, 1, 8, 20, Optional.empty()));
    }

    @Test
    void shouldCompareWithBothFloorsAndNoFloorWithAnother() {
        // given
        List<Round> rounds =
                List.of(
                        round(1, Variant.LOOP, 4, 10, NONE_LOST),
                        round(1, Variant.FLOOR_B, 16, 20, NONE_LOST),
                        round(1, Variant.WITH_INSIGHT, 8, 20, NONE_LOST));

        // when
        List<Row> rows = Summary.of(rounds).rows();

        // then
        assertThat(rows.get(1).toLoop()).isEmpty();
        assertThat(rows.get(2).toLoop()).contains(new Ratio(2, 2));
        assertThat(rows.get(2).toFloorB()).contains(new Ratio(0.5, 1));
    }

    private static Row row(
            Variant variant, int rounds, double p50, double p99, Optional<Ratio> toLoop) {
        return new Row(RATE, variant, rounds, p50, p99, p99, p99, toLoop, Optional.empty());
    }

    private static Round round(int number, Variant variant, double p50, double p99, int lost) {
        Waits waits = new Waits(1_000, p50, p99, p99, p99);
        Waits late = new Waits(1_000, 0.1, 0.2, 0.3, 0.4);
        return new Round(
                number,
                RATE,
                variant,
                new Sample(waits, late, RATE, lost, 0, new Cpu(0.5, 0.3, 0.1, 0)));
    }
}
