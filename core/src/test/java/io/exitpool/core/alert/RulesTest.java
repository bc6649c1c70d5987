package io.exitpool.core.alert;

import static io.exitpool.core.alert.AlertKind.EXCESS_BLOCKING;
import static io.exitpool.core.alert.AlertKind.EXHAUSTED;
import static io.exitpool.core.alert.AlertKind.HOT_REUSE;
import static io.exitpool.core.alert.AlertKind.NEAR_EXHAUSTION;
import static io.exitpool.core.alert.AlertKind.POOL_FAILED;
import static io.exitpool.core.alert.AlertKind.SET_ASIDE_SHARE;
import static io.exitpool.core.alert.AlertKind.TIME_TO_FULL;
import static io.exitpool.core.alert.Draft.MINUTE;
import static io.exitpool.core.alert.Draft.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.alert.AlertRule.Reading;
import io.exitpool.core.alert.AlertRule.Standing;
import io.exitpool.core.alert.AlertRule.Story;
import io.exitpool.core.stats.ErlangB;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule at its edges. */
class RulesTest {
    private final Draft draft = new Draft();

    @Test
    void shouldTellTheShareOfFirstAttemptsThatAreRejected() {
        // given three of ten in the last five minutes, and many more before
        draft.hour.add(Draft.rejecting(START - 6 * MINUTE, 1_000, 900));
        for (int i = 5; i >= 1; i--) {
            draft.hour.add(Draft.rejecting(START - i * MINUTE, i == 5 ? 6 : 0, i == 5 ? 1 : 0));
        }
        draft.open = Draft.rejecting(START, 4, 2);
        draft.exhausted = 1;
        // when
        Reading reading = read(EXHAUSTED).orElseThrow();
        // then
        assertThat(reading).isEqualTo(new Reading(30, 0, Standing.OPENING));
        assertThat(tell(EXHAUSTED).summary())
                .contains("30 % of the first attempts")
                .contains("the target is 0.1 %");
        draft.load(50);
        assertThat(tell(EXHAUSTED).advice()).startsWith("Give the pool 7");
    }

    @ParameterizedTest(name = "{0} slots")
    @CsvSource({"8, 0.39, 0.01", "200, 0.90, 0.01", "8, 0.26, 0.001", "200, 0.83, 0.001"})
    void shouldBeNearExhaustionByTheSizeAndNeverByAPercentage(
            int slots, double utilisation, double target) {
        // given the load that the table of loads names for the size
        draft.slots = slots;
        draft.calmHour(1);
        double carried = ErlangB.load(slots, target);
        assertThat(carried / slots).isCloseTo(utilisation, within(0.005));
        // when, then
        assertThat(near(carried * 1.001, target)).isEqualTo(Standing.OPENING);
        assertThat(near(carried * 0.999, target)).isEqualTo(Standing.BETWEEN);
        assertThat(near(carried * 0.901, target)).isEqualTo(Standing.BETWEEN);
        assertThat(near(carried * 0.899, target)).isEqualTo(Standing.CLOSING);
    }

    @Test
    void shouldNotJudgeALoadOfAFewMinutesNorOfAPoolThatIsBeingRemoved() {
        draft.load(1_000);
        for (int i = 9; i >= 1; i--) {
            draft.hour.add(Draft.minute(START - i * MINUTE, 60_000, 1, 1, 60));
        }
        assertThat(read(NEAR_EXHAUSTION)).isEmpty();
        draft.hour.add(0, Draft.minute(START - 10 * MINUTE, 60_000, 1, 1, 60));
        assertThat(read(NEAR_EXHAUSTION)).isPresent();
        draft.configured = false;
        assertThat(read(NEAR_EXHAUSTION)).isEmpty();
    }

    @Test
    void shouldFindNoLoadTooMuchForNoPlaces() {
        draft.setAside = draft.slots;
        draft.calmHour(1).load(0);
        assertThat(read(NEAR_EXHAUSTION).orElseThrow().standing()).isEqualTo(Standing.CLOSING);
        draft.holdMillis = 45 * MINUTE;
        draft.load(0.1);
        assertThat(read(NEAR_EXHAUSTION).orElseThrow().standing()).isEqualTo(Standing.OPENING);
    }

    @ParameterizedTest(name = "{0} slots, {1} minutes kept")
    @CsvSource({
        // what an hour's mean may be above what is carried, and still be chance
        "8, 5, 0.641",
        "8, 45, 1.557",
        "60, 5, 2.574",
        "60, 45, 5.581",
        "200, 5, 5.107",
        "200, 45, 10.887",
    })
    void shouldLeaveChanceAMarginBeyondWhatTheTableSays(int slots, int kept, double margin) {
        // given a place that is kept for the session and its rest
        draft.slots = slots;
        draft.calmHour(1);
        draft.restMillis = MINUTE;
        draft.holdMillis = (kept - 1) * MINUTE;
        double carried = ErlangB.load(slots, 0.001);
        // when, then
        assertThat(near(carried + margin - 0.01, 0.001)).isEqualTo(Standing.BETWEEN);
        assertThat(near(carried + margin + 0.01, 0.001)).isEqualTo(Standing.OPENING);
        Reading reading = read(NEAR_EXHAUSTION).orElseThrow();
        assertThat(reading.threshold()).isEqualTo(carried);
        assertThat(reading.value()).isCloseTo(carried + margin, within(0.011));
    }

    @ParameterizedTest(name = "kept for {0} minutes")
    @CsvSource({
        // t, and v = 2 t - 2 t^2 (1 - exp(-1 / t)) of 36 erlangs over an hour
        "0.006, 0.0002",
        "60, 0.735759",
        "600, 0.967484",
        "1e9, 1",
        "0, 1",
    })
    void shouldKnowTheSpreadOfAnHoursMean(double minutes, double share) {
        draft.holdMillis = minutes * MINUTE;
        draft.load(36);
        double spread = NearExhaustionRule.spread(draft.load.orElseThrow(), 60 * MINUTE);
        assertThat(spread).isCloseTo(6 * Math.sqrt(share), within(1e-4));
    }

    @Test
    void shouldForetellWhenThePoolIsFull() {
        // given three more each minute, by grants only
        fill(10, 20, 3, 3, 0);
        // when
        Reading reading = read(TIME_TO_FULL).orElseThrow();
        // then 60 - 47 are free
        assertThat(reading.value()).isCloseTo(13 / 3.0, within(1e-9));
        assertThat(reading.standing()).isEqualTo(Standing.OPENING);
        assertThat(tell(TIME_TO_FULL).summary()).contains("13 places").contains("3.0 more");
    }

    @Test
    void shouldTakeNoiseForNoGrowth() {
        // given the same growth under a hundred times the traffic
        fill(10, 20, 3, 150, 147);
        assertThat(read(TIME_TO_FULL).orElseThrow().standing()).isEqualTo(Standing.CLOSING);
    }

    @Test
    void shouldLeaveAFullPoolToOthers() {
        fill(10, 33, 3, 3, 0);
        assertThat(read(TIME_TO_FULL).orElseThrow())
                .isEqualTo(new Reading(0, 15, Standing.BETWEEN));
    }

    @Test
    void shouldKnowNothingOfGrowthFromTooFewMinutes() {
        fill(4, 20, 5, 5, 0);
        assertThat(read(TIME_TO_FULL)).isEmpty();
    }

    @Test
    void shouldTakeAdoptedSessionsAndANewSizeForNoGrowth() {
        // given a pool that was wiped and found its sessions again four minutes ago
        fill(10, 0, 3, 3, 0);
        for (int i = 6; i < 10; i++) {
            draft.hour.set(i, Draft.minute(START - (10 - i) * MINUTE, 60_000, 3, 0, 27 + 3 * i));
        }
        assertThat(read(TIME_TO_FULL)).isEmpty();
    }

    @Test
    void shouldForetellInAFleetThatLivesFaster() {
        // given minutes of a second
        for (int i = 10; i >= 1; i--) {
            draft.hour.add(Draft.minute(START - i * 1_000, 1_000, 3, 0, 50 - 3 * i));
        }
        // when, then: 13 places at 3 a second
        assertThat(read(TIME_TO_FULL).orElseThrow().value()).isCloseTo(13 / 3.0 / 60, within(1e-9));
    }

    @Test
    void shouldHoldRejectionsAgainstTheLoad() {
        rejectingHour(10, 1);
        draft.load(30, 0.1, 0.01);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.OPENING);
        draft.load(30, 0.1, 0);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.BETWEEN);
        // given a load that rejects a tenth, in clusters
        draft.load(60, 0.17, 0.01);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.BETWEEN);
        draft.load(60, 0.3, 0.01);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.OPENING);
        draft.load(60, 0.05, -0.01);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.CLOSING);
        assertThat(tell(EXCESS_BLOCKING).summary())
                .isEqualTo(
                        "5 % of the hour's first attempts were rejected; a load of 60.0 erlangs on"
                                + " 60 places explains 9.6 %.");
    }

    @Test
    void shouldOpenNothingForFewStartsButResolve() {
        draft.calmHour(1).load(30, 0.05, 0.01);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.BETWEEN);
        draft.load(30, 0, -0.01);
        assertThat(read(EXCESS_BLOCKING).orElseThrow().standing()).isEqualTo(Standing.CLOSING);
        draft.calmHour(0);
        assertThat(read(EXCESS_BLOCKING)).isEmpty();
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "400, 20, OPENING",
        "380, 19, BETWEEN",
        "401, 20, BETWEEN",
        "400, 10, BETWEEN",
        "400, 9, CLOSING",
        "100, 0, CLOSING",
    })
    void shouldCountGrantsThatCameTooSoon(int grants, int bent, Standing standing) {
        draft.hour.add(Draft.bent(START - MINUTE, grants / 2, bent));
        draft.open = Draft.bent(START, grants - grants / 2, 0);
        assertThat(read(HOT_REUSE).orElseThrow().standing()).isEqualTo(standing);
    }

    @Test
    void shouldKnowNothingOfReuseWithoutGrants() {
        assertThat(read(HOT_REUSE)).isEmpty();
    }

    @ParameterizedTest(name = "{0} set aside, {1} of them retiring")
    @CsvSource({"12, 0, OPENING", "11, 0, BETWEEN", "22, 12, OPENING", "5, 0, CLOSING"})
    void shouldCountSlotsThatAreSetAside(int setAside, int retiring, Standing standing) {
        draft.setAside = setAside;
        draft.slots = 60 + retiring;
        draft.retiring = retiring;
        if (retiring > 0) {
            draft.setAside = 12 + retiring;
        }
        assertThat(read(SET_ASIDE_SHARE).orElseThrow().standing()).isEqualTo(standing);
    }

    @Test
    void shouldMissSlotsThatTheLoadIsShortOf() {
        // given 40.5 erlangs, which 60 slots carry and 57 do not
        draft.setAside = 3;
        draft.calmHour(1).load(40.5);
        assertThat(read(SET_ASIDE_SHARE).orElseThrow().standing()).isEqualTo(Standing.OPENING);
        assertThat(tell(SET_ASIDE_SHARE).summary()).contains("with them the load would meet");
        // given a load that 57 carry, but not well below
        draft.load(38);
        assertThat(read(SET_ASIDE_SHARE).orElseThrow().standing()).isEqualTo(Standing.BETWEEN);
        draft.load(30);
        assertThat(read(SET_ASIDE_SHARE).orElseThrow().standing()).isEqualTo(Standing.CLOSING);
        // given one that 60 do not carry either
        draft.load(45);
        assertThat(read(SET_ASIDE_SHARE).orElseThrow().standing()).isEqualTo(Standing.BETWEEN);
    }

    @Test
    void shouldSayWhyAPoolFailed() {
        draft.failed = Optional.of("a session has two leases");
        assertThat(tell(POOL_FAILED).cause()).contains("a session has two leases");
        assertThat(tell(POOL_FAILED).advice()).contains("pools rebuild se-sto-wg-001");
    }

    @Test
    void shouldTellASurgeFromAUsualMinute() {
        AlertSettings.Surge surge = AlertSettings.DEFAULT.surge();
        draft.calmHour(2);
        draft.open = Draft.minute(START, 30_000, 9, 0, 30);
        assertThat(Surge.in(draft.situation(), surge)).isFalse();
        draft.open = Draft.minute(START, 30_000, 18, 0, 30);
        assertThat(Surge.in(draft.situation(), surge)).isTrue();
        // given an hour of which too little is known
        draft.hour.subList(0, 56).clear();
        assertThat(Surge.in(draft.situation(), surge)).isFalse();
    }

    private void rejectingHour(long starts, long rejected) {
        for (int i = 60; i >= 1; i--) {
            draft.hour.add(Draft.rejecting(START - i * MINUTE, starts, rejected));
        }
    }

    /** Minutes that fill the pool, {@code more} places each. */
    private void fill(int minutes, int from, int more, int starts, int ends) {
        for (int i = 0; i < minutes; i++) {
            draft.hour.add(
                    Draft.minute(
                            START - (minutes - i) * MINUTE, 60_000, starts, ends, from + i * more));
        }
    }

    private Standing near(double erlangs, double target) {
        draft.target = target;
        draft.load(erlangs);
        return read(NEAR_EXHAUSTION).orElseThrow().standing();
    }

    private Optional<Reading> read(AlertKind kind) {
        return kind.rule().read(draft.situation(), AlertSettings.DEFAULT);
    }

    private Story tell(AlertKind kind) {
        Reading reading = read(kind).orElseThrow();
        return kind.rule().tell(draft.situation(), AlertSettings.DEFAULT, reading);
    }
}
