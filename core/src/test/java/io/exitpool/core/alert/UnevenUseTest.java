package io.exitpool.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.Seed;
import io.exitpool.core.alert.AlertRule.Reading;
import io.exitpool.core.alert.AlertRule.Standing;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One slot is granted too often for chance: never under a fair choice, at once under a bad one. */
class UnevenUseTest {
    private static final AlertRule RULE = AlertKind.UNEVEN_USE.rule();
    private static final int HOURS = 3_000;

    @Test
    void shouldKnowNothingBetweenTheHours() {
        Draft draft = new Draft();
        assertThat(read(draft.situation())).isEmpty();
        assertThat(read(draft.closedHour(0, 0, 0, 60).situation())).isEmpty();
        draft.closedHour(100, 50, 0, 60);
        assertThat(read(draft.situation())).isPresent();
        draft.closedHour = draft.closedHour.map(hour -> hour.asIncomplete());
        assertThat(read(draft.situation())).isEmpty();
    }

    @Test
    void shouldHoldTheMostUsedSlotAgainstChance() {
        // given 120 grants on 60 free slots: two each
        Draft draft = new Draft();
        long limit = PoissonTail.rarerThan(1e-4 / 60, 2);
        // when, then
        assertThat(standing(draft.closedHour(120, limit, 0, 60))).isEqualTo(Standing.OPENING);
        assertThat(standing(draft.closedHour(120, limit - 1, 0, 60))).isEqualTo(Standing.BETWEEN);
        long usual = PoissonTail.rarerThan(1e-2 / 60, 2) - 1;
        assertThat(standing(draft.closedHour(120, usual, 0, 60))).isEqualTo(Standing.CLOSING);
        assertThat(read(draft.situation()).orElseThrow().threshold())
                .isCloseTo(limit, within(1e-9));
    }

    @Test
    void shouldNotCountWhatTheExitServerAskedFor() {
        Draft draft = new Draft();
        assertThat(standing(draft.closedHour(120, 60, 0, 60))).isEqualTo(Standing.OPENING);
        assertThat(standing(draft.closedHour(120, 60, 55, 60))).isEqualTo(Standing.CLOSING);
    }

    @Test
    void shouldNotTakeAPoolThatWasNearlyFullForAnUnevenOne() {
        // given half an hour in which three slots were free, and half in which all were
        Draft draft = new Draft();
        for (int i = 60; i >= 1; i--) {
            long taken = i > 30 ? 57 : 0;
            draft.hour.add(
                    Draft.minute(Draft.START - i * Draft.MINUTE, 60_000, i > 30 ? 3 : 0, 0, taken));
        }
        // when one of the three got forty of ninety grants, which the hour's mean does not explain
        Reading reading = read(draft.closedHour(90, 40, 0, 31.5).situation()).orElseThrow();
        // then
        assertThat(reading.standing()).isEqualTo(Standing.CLOSING);
    }

    @Test
    void shouldOpenAndResolveFromHourToHour() {
        Feed feed = new Feed();
        feed.next(draft -> draft.closedHour(120, 60, 0, 60));
        feed.next(draft -> draft.closedHour = Optional.empty());
        feed.forSeconds(3_600);
        assertThat(feed.open(AlertKind.UNEVEN_USE)).isTrue();
        feed.next(draft -> draft.closedHour(120, 5, 0, 60));
        assertThat(feed.open(AlertKind.UNEVEN_USE)).isFalse();
    }

    @ParameterizedTest(name = "{0} slots, {1} erlangs, {2} minutes")
    @CsvSource({"60, 35, 45", "60, 55, 5", "60, 6, 2", "8, 6, 5", "60, 70, 10"})
    void shouldStayCalmUnderAFairChoice(int slots, double erlangs, double hold) {
        long seed = Seed.givenOrFresh();
        Seed.run(
                UnevenUseTest.class,
                seed,
                () -> {
                    ChoiceOfSlots pool =
                            new ChoiceOfSlots(
                                    new SplittableRandom(seed), true, slots, erlangs, hold);
                    int opened = 0;
                    for (int hour = 0; hour < HOURS; hour++) {
                        Standing standing = read(pool.hour()).map(Reading::standing).orElse(null);
                        opened += standing == Standing.OPENING ? 1 : 0;
                    }
                    // the rule's own bound is 0.3 in so many hours
                    assertThat(opened).as("false alarms in %d hours", HOURS).isLessThanOrEqualTo(1);
                });
    }

    @ParameterizedTest(name = "{0} slots, {1} erlangs, {2} minutes")
    @CsvSource({"60, 3, 2", "60, 6, 2", "60, 10, 2"})
    void shouldDetectThatTheLastSlotIsTakenAgain(int slots, double erlangs, double hold) {
        long seed = Seed.givenOrFresh();
        Seed.run(
                UnevenUseTest.class,
                seed,
                () -> {
                    ChoiceOfSlots pool =
                            new ChoiceOfSlots(
                                    new SplittableRandom(seed), false, slots, erlangs, hold);
                    int opened = 0;
                    for (int hour = 0; hour < 200; hour++) {
                        opened +=
                                read(pool.hour()).orElseThrow().standing() == Standing.OPENING
                                        ? 1
                                        : 0;
                    }
                    assertThat(opened).as("hours of 200").isGreaterThan(190);
                });
    }

    private static Standing standing(Draft draft) {
        return read(draft.situation()).orElseThrow().standing();
    }

    private static Optional<Reading> read(Situation situation) {
        return RULE.read(situation, AlertSettings.DEFAULT);
    }
}
