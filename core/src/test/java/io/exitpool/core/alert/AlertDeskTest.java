package io.exitpool.core.alert;

import static io.exitpool.core.alert.AlertKind.EXHAUSTED;
import static io.exitpool.core.alert.AlertKind.HOT_REUSE;
import static io.exitpool.core.alert.AlertKind.NEAR_EXHAUSTION;
import static io.exitpool.core.alert.AlertKind.SERVER_SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of many servers' signals; each input also to a desk that was just restarted. */
class AlertDeskTest {
    private static final String A = "se-sto-wg-001";
    private static final String B = "se-sto-wg-002";
    private static final String C = "se-sto-wg-003";
    private static final String D = "se-sto-wg-004";
    private static final String FAR = "se-got-wg-001";
    private static final long T = 1_767_225_600_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final Office office = new Office();

    @Test
    void shouldTellAnAlertThatStandsForItselfOnceAndItsEndOnce() {
        // when
        office.raise(B, HOT_REUSE, T);
        // then
        Alert open = only();
        assertThat(open.open()).isTrue();
        assertThat(open.revision()).isZero();
        assertThat(open.episode()).isEqualTo(T);
        assertThat(open.affected()).isEmpty();
        assertThat(open.place().city()).contains("sto");
        // when
        office.clear(B, HOT_REUSE, T, T + MINUTE);
        // then it repeats all of it
        Alert over = only();
        assertThat(over.resolvedAt()).hasValue(T + MINUTE);
        assertThat(over.durationMillis()).hasValue(MINUTE);
        assertThat(over.peak()).isEqualTo(99);
        assertThat(over)
                .usingRecursiveComparison()
                .ignoringFields("resolvedAt", "peak")
                .isEqualTo(open);
        assertThat(office.atRest()).isTrue();
    }

    @Test
    void shouldTellDifferentKindsOfOneServerApart() {
        office.raise(B, EXHAUSTED, T);
        office.raise(B, NEAR_EXHAUSTION, T);
        office.raise(B, HOT_REUSE, T);
        assertThat(names()).containsExactly("EXHAUSTED 0", "NEAR_EXHAUSTION 0", "HOT_REUSE 0");
    }

    @Test
    void shouldNotTellWhatWasToldBefore() {
        // given
        office.raise(B, EXHAUSTED, T);
        office.clear(B, EXHAUSTED, T, T + MINUTE);
        office.told();
        // when all of it is read again
        office.raise(B, EXHAUSTED, T);
        office.clear(B, EXHAUSTED, T, T + MINUTE);
        assertThat(office.told()).isEmpty();
        // when it comes back
        office.raise(B, EXHAUSTED, T + HOUR);
        assertThat(only().episode()).isEqualTo(T + HOUR);
        office.clear(B, EXHAUSTED, T, T + MINUTE);
        assertThat(office.told()).isEmpty();
    }

    @Test
    void shouldLeadAStormByTheSilenceThatIsKnown() {
        // given
        office.quiet(A, T);
        assertThat(office.told()).isEmpty();
        // when the neighbour runs short
        office.raise(B, EXHAUSTED, T + 10 * SECOND);
        // then that and the silence are told as one, before the silence's own time
        Alert storm = only();
        assertThat(storm.server()).isEqualTo(A);
        assertThat(storm.kind()).isEqualTo(SERVER_SILENT);
        assertThat(storm.value()).isEqualTo(45);
        assertThat(storm.threshold()).isEqualTo(35);
        assertThat(storm.affected()).containsExactly(B + "/EXHAUSTED");
        assertThat(storm.cause().orElseThrow()).contains("comes back at " + B);
        // when more join, and the silence is raised in its turn
        office.raise(C, NEAR_EXHAUSTION, T + 20 * SECOND);
        office.raise(A, SERVER_SILENT, T + 55 * SECOND);
        office.raise(D, EXHAUSTED, T + 9 * MINUTE);
        // then silently
        assertThat(office.told()).isEmpty();
        // when all of it ends
        office.clear(B, EXHAUSTED, T + 10 * SECOND, T + 10 * MINUTE);
        office.heard(A, T + 11 * MINUTE);
        office.clear(A, SERVER_SILENT, T + 55 * SECOND, T + 11 * MINUTE);
        office.clear(C, NEAR_EXHAUSTION, T + 20 * SECOND, T + 13 * MINUTE);
        assertThat(office.told()).isEmpty();
        office.clear(D, EXHAUSTED, T + 9 * MINUTE, T + 14 * MINUTE);
        // then
        Alert over = only();
        assertThat(over.resolvedAt()).hasValue(T + 14 * MINUTE);
        assertThat(over.episode()).isEqualTo(storm.episode());
        assertThat(over.peak()).isEqualTo(99);
        assertThat(over.affected())
                .containsExactly(B + "/EXHAUSTED", C + "/NEAR_EXHAUSTION", D + "/EXHAUSTED");
        assertThat(over.summary()).isEqualTo(storm.summary());
        assertThat(office.atRest()).isTrue();
    }

    @Test
    void shouldResolveAnEarlySilenceThatWasNeverRaised() {
        office.quiet(A, T);
        office.raise(B, EXHAUSTED, T + SECOND);
        office.told();
        office.clear(B, EXHAUSTED, T + SECOND, T + 6 * MINUTE);
        assertThat(office.told()).isEmpty();
        office.heard(A, T + 7 * MINUTE);
        assertThat(only().peak()).isEqualTo(35 + 420);
    }

    @Test
    void shouldTellTheStormOfASilenceThatWasToldAsOneMoreRevision() {
        // given
        office.quiet(A, T);
        office.raise(A, SERVER_SILENT, T + 55 * SECOND);
        office.told();
        // when
        office.raise(B, EXHAUSTED, T + MINUTE);
        // then once, and never again
        Alert again = only();
        assertThat(again.revision()).isEqualTo(1);
        assertThat(again.server()).isEqualTo(A);
        assertThat(again.affected()).containsExactly(B + "/EXHAUSTED");
        office.raise(C, EXHAUSTED, T + MINUTE);
        assertThat(office.told()).isEmpty();
    }

    @Test
    void shouldLeadAStormByTheNeighbourThatWasToldFirst() {
        // given a surge that nobody can explain
        office.surge(B, EXHAUSTED, T);
        Alert first = only();
        assertThat(first.causedBy()).isEmpty();
        // when the next one surges, and a third is exhausted without a surge
        office.surge(C, EXHAUSTED, T + 5 * SECOND);
        office.surge(C, NEAR_EXHAUSTION, T + 6 * SECOND);
        // then they are told by the first, at once
        assertThat(only().affected()).containsExactly(C + "/EXHAUSTED");
        // when the cause is known
        office.quiet(A, T + 40 * SECOND);
        Alert known = only();
        assertThat(known.server()).isEqualTo(B);
        assertThat(known.episode()).isEqualTo(T);
        assertThat(known.revision()).isEqualTo(2);
        assertThat(known.causedBy()).contains(A);
        assertThat(known.cause().orElseThrow()).contains(A + ", in the same city");
        // when its silence is raised, and others follow
        office.raise(A, SERVER_SILENT, T + 95 * SECOND);
        office.raise(D, EXHAUSTED, T + 3 * MINUTE);
        office.time(T + 4 * MINUTE);
        assertThat(office.told()).isEmpty();
        // when all but the silence is over
        office.clear(B, EXHAUSTED, T, T + 6 * MINUTE);
        office.clear(C, EXHAUSTED, T + 5 * SECOND, T + 6 * MINUTE);
        office.clear(C, NEAR_EXHAUSTION, T + 6 * SECOND, T + 6 * MINUTE);
        assertThat(office.told()).isEmpty();
        office.clear(D, EXHAUSTED, T + 3 * MINUTE, T + 8 * MINUTE);
        // then the silence stands for itself
        List<Alert> told = office.told();
        assertThat(told).hasSize(2);
        assertThat(told.get(0).server()).isEqualTo(B);
        assertThat(told.get(0).resolvedAt()).hasValue(T + 8 * MINUTE);
        assertThat(told.get(0).affected())
                .containsExactly(C + "/EXHAUSTED", C + "/NEAR_EXHAUSTION", D + "/EXHAUSTED");
        assertThat(told.get(0).causedBy()).contains(A);
        assertThat(told.get(1).server()).isEqualTo(A);
        assertThat(told.get(1).open()).isTrue();
        assertThat(told.get(1).revision()).isZero();
        office.heard(A, T + HOUR);
        office.clear(A, SERVER_SILENT, T + 95 * SECOND, T + HOUR);
        assertThat(only().durationMillis()).hasValue(HOUR - 95 * SECOND);
        assertThat(office.atRest()).isTrue();
    }

    @Test
    void shouldTellASurgingNeighbourOnItsOwnWhenNoCauseAppears() {
        office.surge(B, EXHAUSTED, T);
        office.surge(C, EXHAUSTED, T + 5 * SECOND);
        office.told();
        office.time(T + 2 * MINUTE);
        assertThat(office.told()).isEmpty();
        office.time(T + 2 * MINUTE + SECOND);
        Alert own = only();
        assertThat(own.server()).isEqualTo(C);
        assertThat(own.revision()).isZero();
        assertThat(own.episode()).isEqualTo(T + 5 * SECOND);
        // when the first ends, then without it
        office.clear(B, EXHAUSTED, T, T + 6 * MINUTE);
        assertThat(only().affected()).isEmpty();
        office.clear(C, EXHAUSTED, T + 5 * SECOND, T + 6 * MINUTE);
        assertThat(only().server()).isEqualTo(C);
    }

    @Test
    void shouldNotTakeALateSilenceForTheCause() {
        office.surge(B, EXHAUSTED, T);
        office.told();
        office.quiet(A, T + 2 * MINUTE + SECOND);
        assertThat(office.told()).isEmpty();
        office.raise(A, SERVER_SILENT, T + 3 * MINUTE);
        assertThat(only().server()).isEqualTo(A);
    }

    @Test
    void shouldNotTakeAnAlertWithoutASurgeForAStorm() {
        office.raise(B, EXHAUSTED, T);
        office.told();
        office.quiet(A, T + 30 * SECOND);
        assertThat(office.told()).isEmpty();
        office.raise(A, SERVER_SILENT, T + 90 * SECOND);
        assertThat(only().server()).isEqualTo(A);
    }

    @Test
    void shouldExplainOnlyNeighboursAndOnlyTheirLoad() {
        office.quiet(A, T);
        office.raise(FAR, EXHAUSTED, T + SECOND);
        office.raise(B, HOT_REUSE, T + SECOND);
        office.raise(A, EXHAUSTED, T + SECOND);
        office.raise("lonely", EXHAUSTED, T + SECOND);
        assertThat(names())
                .containsExactly("EXHAUSTED 0", "HOT_REUSE 0", "EXHAUSTED 0", "EXHAUSTED 0");
    }

    @Test
    void shouldNameAServerThatIsBackAsTheCauseButNotAsSilent() {
        // given a restart that took a minute
        office.quiet(A, T);
        office.heard(A, T + 25 * SECOND);
        // when
        office.raise(B, EXHAUSTED, T + 30 * SECOND);
        // then
        Alert told = only();
        assertThat(told.server()).isEqualTo(B);
        assertThat(told.revision()).isZero();
        assertThat(told.causedBy()).contains(A);
        // when more follow
        office.raise(C, EXHAUSTED, T + 35 * SECOND);
        assertThat(only().affected()).containsExactly(C + "/EXHAUSTED");
        // when ten minutes have passed, then it explains nothing any more
        office.time(T + 11 * MINUTE);
        office.raise(D, EXHAUSTED, T + 11 * MINUTE);
        assertThat(only().server()).isEqualTo(D);
    }

    @Test
    void shouldTellWhatLastsLongerThanAnHourOnItsOwn() {
        // given
        office.quiet(A, T);
        office.raise(B, EXHAUSTED, T);
        office.raise(C, EXHAUSTED, T + MINUTE);
        office.raise(A, SERVER_SILENT, T + MINUTE);
        office.clear(C, EXHAUSTED, T + MINUTE, T + 10 * MINUTE);
        office.told();
        office.time(T + HOUR);
        assertThat(office.told()).isEmpty();
        // when
        office.time(T + HOUR + SECOND);
        // then
        Alert own = only();
        assertThat(own.server()).isEqualTo(B);
        assertThat(own.episode()).isEqualTo(T);
        assertThat(own.causedBy()).contains(A);
        // when another follows, then the old silence is no reason not to call
        office.raise(D, EXHAUSTED, T + HOUR + MINUTE);
        assertThat(only().server()).isEqualTo(D);
        office.heard(A, T + 2 * HOUR);
        office.clear(A, SERVER_SILENT, T + MINUTE, T + 2 * HOUR);
        assertThat(only().affected()).containsExactly(C + "/EXHAUSTED");
    }

    @Test
    void shouldNotLetAnOldSilenceHideNewAlerts() {
        office.quiet(A, T);
        office.raise(A, SERVER_SILENT, T + MINUTE);
        office.told();
        office.raise(B, EXHAUSTED, T + HOUR + SECOND);
        assertThat(only().server()).isEqualTo(B);
    }

    @Test
    void shouldHideWhatComesAndGoesInAStorm() {
        office.quiet(A, T);
        office.raise(B, EXHAUSTED, T);
        office.told();
        for (int i = 1; i < 5; i++) {
            office.clear(B, EXHAUSTED, T + (i - 1) * 6 * MINUTE, T + i * 6 * MINUTE - SECOND);
            office.heard(A, T + i * 6 * MINUTE - SECOND - 1);
            office.told();
            office.quiet(A, T + i * 6 * MINUTE - SECOND + 1);
            office.raise(B, EXHAUSTED, T + i * 6 * MINUTE);
        }
        assertThat(office.told().stream().filter(Alert::open)).hasSize(1);
    }

    @Test
    void shouldJoinTheSilenceThatLeadsAlready() {
        // given two silent servers
        office.quiet(A, T);
        office.quiet(D, T + SECOND);
        office.raise(D, SERVER_SILENT, T + 55 * SECOND);
        office.told();
        // when
        office.raise(B, EXHAUSTED, T + MINUTE);
        // then
        assertThat(only().server()).isEqualTo(D);
        office.raise(A, SERVER_SILENT, T + MINUTE);
        assertThat(only().server()).isEqualTo(A);
    }

    private Alert only() {
        List<Alert> told = office.told();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private List<String> names() {
        return office.told().stream()
                .map(one -> one.kind() + " " + (one.open() ? one.revision() : "over"))
                .toList();
    }
}
