package io.exitpool.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long START = 5_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final int RATE = 1_000;
    private static final int SEED = 7;

    private final TestClock clock = new TestClock();
    private final Pacer pacer = new Pacer(clock, new Arrivals(RATE, SEED), START);

    @Test
    void shouldSendEachEventWhenItIsDue() {
        // given
        List<Long> due = new ArrayList<>();
        List<Long> sent = new ArrayList<>();

        // when
        pacer.until(
                START + SECOND,
                moment -> {
                    due.add(moment);
                    sent.add(clock.nanos());
                });

        // then
        assertThat(due).isEqualTo(expected(SECOND));
        assertThat(sent).isEqualTo(due);
        assertThat(clock.nanos()).isEqualTo(START + SECOND);
    }

    @Test
    void shouldKeepTheTimesAtWhichEventsWereDueThroughAStall() {
        // given: sending the first one takes half a second
        List<Long> due = new ArrayList<>();
        List<Long> sent = new ArrayList<>();

        // when
        pacer.until(
                START + SECOND,
                moment -> {
                    due.add(moment);
                    sent.add(clock.nanos());
                    if (due.size() == 1) {
                        clock.sleepUntil(clock.nanos() + SECOND / 2);
                    }
                });

        // then: none is left out and none put off; what was overdue went out at once
        assertThat(due).isEqualTo(expected(SECOND));
        long stallEnds = due.get(0) + SECOND / 2;
        for (int i = 1; i < due.size(); i++) {
            assertThat(sent.get(i)).isEqualTo(Math.max(due.get(i), stallEnds));
        }
    }

    @Test
    void shouldGoOnWhereItStopped() {
        // given
        List<Long> due = new ArrayList<>();

        // when
        pacer.until(START + SECOND / 4, due::add);
        pacer.until(START + SECOND, due::add);

        // then
        assertThat(due).isEqualTo(expected(SECOND));
    }

    private static List<Long> expected(long duration) {
        Arrivals arrivals = new Arrivals(RATE, SEED);
        List<Long> due = new ArrayList<>();
        for (long at = arrivals.nextNanos(); at < duration; at = arrivals.nextNanos()) {
            due.add(START + at);
        }
        return due;
    }

    /** Time that passes only while somebody sleeps. */
    private static final class TestClock implements Clock {

        private long now = START;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleepUntil(long nanos) {
            now = Math.max(now, nanos);
        }
    }
}
