package io.exitpool.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTallyTest {

    @Test
    void shouldGoOnFromTimesInManyBuckets() {
        TimesTally tally = new TimesTally();
        for (int n = 0; n < 200; n++) {
            tally.addHold(1L << n % 40);
            tally.addGap(n * 1_000L);
            tally.addLag(n);
        }
        Times times = tally.times();

        TimesTally restored = new TimesTally();
        restored.restore(times);

        assertThat(restored.times()).isEqualTo(times);
        tally.addHold(7);
        restored.addHold(7);
        assertThat(restored.times()).isEqualTo(tally.times());
    }
}
