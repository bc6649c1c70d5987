package io.exitpool.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final long MINUTE = 60_000;

    /** 60 slots, a rest of ten minutes, one in a thousand. */
    private static final PoolSize POOL = new PoolSize(62, 2, 1, 10 * MINUTE, 0.001);

    /** So many minutes of the same sort; counts are of a minute. */
    private static List<MinuteSums> minutes(
            int n, long covered, long starts, long dry, long emptied, long sessions) {
        List<MinuteSums> minutes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            minutes.add(
                    new MinuteSums(
                            i * MINUTE,
                            covered,
                            starts,
                            dry,
                            dry,
                            starts - dry,
                            0,
                            starts - dry,
                            emptied,
                            sessions * covered,
                            0,
                            0));
        }
        return minutes;
    }

    private static Load load(List<MinuteSums> hour, PoolSize pool) {
        return Load.estimate(hour, pool).orElseThrow();
    }

    @Test
    void shouldEstimateByLittlesLaw() {
        // given 2 arrivals a minute and 40 sessions in the mean
        Load load = load(minutes(60, MINUTE, 2, 0, 2, 40), POOL);

        // then they stay 20 minutes each
        assertThat(load.minutes()).isEqualTo(60);
        assertThat(load.arrivalsPerMinute()).isEqualTo(2);
        assertThat(load.meanHoldMillis()).isEqualTo(20.0 * MINUTE);
        assertThat(load.restMillis()).isEqualTo(10.0 * MINUTE);
        assertThat(load.erlangs()).isCloseTo(60, within(1e-9));
        assertThat(load.places()).isEqualTo(60);
        assertThat(load.blocking()).isCloseTo(ErlangB.blocking(60, 60), within(1e-12));
        assertThat(load.slotsNeeded()).isEqualTo(ErlangB.places(60, 0.001));
        assertThat(load.carriedErlangs()).isCloseTo(40.8, within(0.05));
        assertThat(load.observed()).isZero();
    }

    @Test
    void shouldOfferWhatWasRejectedToo() {
        // given one of four first attempts is rejected
        Load load = load(minutes(60, MINUTE, 4, 1, 3, 45), POOL);

        // then the hold is that of those who got a slot, and the load that of all
        assertThat(load.meanHoldMillis()).isEqualTo(15.0 * MINUTE);
        assertThat(load.erlangs()).isCloseTo(4 * 25, within(1e-9));
        assertThat(load.observed()).isEqualTo(0.25);
        assertThat(load.excess()).isCloseTo(0.25 - load.blocking(), within(1e-12));
        // Wilson at 60 of 240 and z = 2.576, by hand
        assertThat(load.excessLow() + load.blocking()).isCloseTo(0.1853, within(0.0001));
        assertThat(load.excessHigh() + load.blocking()).isCloseTo(0.3280, within(0.0001));
    }

    @Test
    void shouldKeepAllPlacesOfASharedSlotIdleWhileItRests() {
        // given a cap of 4, and every second end empties its slot
        PoolSize shared = new PoolSize(10, 0, 4, 10 * MINUTE, 0.01);

        // when
        Load load = load(minutes(60, MINUTE, 2, 0, 1, 20), shared);

        // then
        assertThat(load.restMillis()).isEqualTo(4 * 10 * MINUTE / 2.0);
        assertThat(load.erlangs()).isCloseTo(2 * (10 + 20), within(1e-9));
        assertThat(load.places()).isEqualTo(40);
        assertThat(load.slotsNeeded()).isEqualTo((ErlangB.places(60, 0.01) + 3) / 4);
    }

    @Test
    void shouldRestOnTheMinutesThatAreCovered() {
        // given
        List<MinuteSums> hour = new ArrayList<>(minutes(3, MINUTE / 2, 2, 0, 2, 8));
        hour.addAll(minutes(20, 0, 7, 7, 0, 0));

        // when
        Load load = load(hour, POOL);

        // then
        assertThat(load.minutes()).isEqualTo(3);
        assertThat(load.arrivalsPerMinute()).isEqualTo(4);
        assertThat(load.meanHoldMillis()).isEqualTo(2.0 * MINUTE);
        assertThat(Load.estimate(minutes(5, 0, 1, 0, 1, 1), POOL)).isEmpty();
        assertThat(Load.estimate(List.of(), POOL)).isEmpty();
    }

    @Test
    void shouldTakeTheSessionsForTheLoadWhereNobodyCame() {
        Load load = load(minutes(60, MINUTE, 0, 0, 0, 12), POOL);
        assertThat(load.erlangs()).isEqualTo(12);
        assertThat(load.meanHoldMillis()).isZero();
        assertThat(load.excessLow()).isEqualTo(-load.blocking());
        assertThat(load.excessHigh()).isEqualTo(1 - load.blocking());
        assertThat(load(minutes(60, MINUTE, 0, 0, 0, 0), POOL).erlangs()).isZero();
    }

    @Test
    void shouldKnowNothingWhereAllWereRejectedByAnEmptyPool() {
        assertThat(Load.estimate(minutes(60, MINUTE, 3, 3, 0, 0), POOL)).isEmpty();
        // A full one carries at least what it carries.
        assertThat(load(minutes(60, MINUTE, 3, 3, 0, 60), POOL).erlangs()).isEqualTo(60);
    }

    @Test
    void shouldBlockEverythingWithoutPlaces() {
        Load load = load(minutes(60, MINUTE, 3, 3, 0, 5), new PoolSize(4, 4, 1, 0, 0.001));
        assertThat(load.places()).isZero();
        assertThat(load.blocking()).isOne();
        assertThat(load.carriedErlangs()).isZero();
    }

    @Test
    void shouldMergeTheLoadsOfMany() {
        // given one with three times the arrivals, of which a third is rejected
        Load one = load(minutes(60, MINUTE, 1, 0, 1, 10), POOL);
        Load other = load(minutes(30, MINUTE, 3, 1, 2, 20), POOL);

        // when
        Load both = Load.merge(List.of(one, other)).orElseThrow();

        // then
        assertThat(both.minutes()).isEqualTo(30);
        assertThat(both.arrivalsPerMinute()).isEqualTo(4);
        assertThat(both.erlangs()).isEqualTo(one.erlangs() + other.erlangs());
        assertThat(both.places()).isEqualTo(120);
        assertThat(both.slotsNeeded()).isEqualTo(one.slotsNeeded() + other.slotsNeeded());
        assertThat(both.carriedErlangs()).isEqualTo(one.carriedErlangs() + other.carriedErlangs());
        assertThat(both.observed()).isCloseTo(0.25, within(1e-12));
        assertThat(both.meanHoldMillis()).isCloseTo(10.0 * MINUTE, within(1e-6));
        assertThat(both.blocking())
                .isCloseTo(
                        (one.blocking() * one.erlangs() + other.blocking() * other.erlangs())
                                / both.erlangs(),
                        within(1e-12));
        assertThat(both.excess()).isCloseTo(both.observed() - both.blocking(), within(1e-12));
        assertThat(both.excessLow()).isLessThan(both.excess());
        assertThat(both.excessHigh()).isGreaterThan(both.excess());
        assertThat(both.target()).isCloseTo(0.001, within(1e-12));
        assertThat(Load.merge(List.of(one, one)).orElseThrow().excessHigh() - one.excess())
                .isCloseTo((one.excessHigh() - one.excess()) / Math.sqrt(2), within(1e-9));
        assertThat(Load.merge(List.of())).isEmpty();
    }

    @Test
    void shouldMergeLoadsOfNothing() {
        Load idle = load(minutes(60, MINUTE, 0, 0, 0, 0), POOL);
        Load both = Load.merge(List.of(idle, idle)).orElseThrow();
        assertThat(both.erlangs()).isZero();
        assertThat(both.target()).isCloseTo(0.001, within(1e-12));
        assertThat(both.blocking()).isZero();
    }
}
