package io.exitpool.core.alert;

import static io.exitpool.core.alert.AlertKind.EXCESS_BLOCKING;
import static io.exitpool.core.alert.AlertKind.EXHAUSTED;
import static io.exitpool.core.alert.AlertKind.NEAR_EXHAUSTION;
import static io.exitpool.core.alert.AlertKind.SERVER_SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts that look at the hour, after the storm whose minutes are in it. */
class DeskEchoesTest {
    private static final String A = "se-sto-wg-001";
    private static final String B = "se-sto-wg-002";
    private static final String C = "se-sto-wg-003";
    private static final long T = 1_767_225_600_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final Office office = new Office();

    @BeforeEach
    void storm() {
        office.quiet(A, T);
        office.raise(B, EXHAUSTED, T);
        office.raise(B, EXCESS_BLOCKING, T + MINUTE);
        office.raise(C, NEAR_EXHAUSTION, T + 2 * MINUTE);
        assertThat(only().server()).isEqualTo(A);
    }

    @Test
    void shouldResolveAStormWithoutWaitingForItsEchoes() {
        // when
        office.clear(B, EXHAUSTED, T, T + 9 * MINUTE);
        assertThat(office.told()).isEmpty();
        office.heard(A, T + 10 * MINUTE);
        // then
        Alert over = only();
        assertThat(over.resolvedAt()).hasValue(T + 10 * MINUTE);
        assertThat(over.affected())
                .containsExactly(B + "/EXHAUSTED", B + "/EXCESS_BLOCKING", C + "/NEAR_EXHAUSTION");
        // when they end, too
        office.time(T + HOUR + 10 * MINUTE);
        office.clear(C, NEAR_EXHAUSTION, T + 2 * MINUTE, T + HOUR + 10 * MINUTE);
        office.clear(B, EXCESS_BLOCKING, T + MINUTE, T + HOUR + 11 * MINUTE);
        office.time(T + 3 * HOUR);
        // then nobody hears of it
        assertThat(office.told()).isEmpty();
        assertThat(office.atRest()).isTrue();
        // when one comes back later, then it stands for itself
        office.raise(C, NEAR_EXHAUSTION, T + 4 * HOUR);
        assertThat(only().causedBy()).isEmpty();
    }

    @Test
    void shouldTellAnEchoThatLastsLongerThanItsHourExplains() {
        // given
        office.clear(B, EXHAUSTED, T, T + 9 * MINUTE);
        office.heard(A, T + 10 * MINUTE);
        office.told();
        // when
        office.time(T + 91 * MINUTE);
        assertThat(office.told()).isEmpty();
        office.time(T + 91 * MINUTE + SECOND);
        // then
        Alert late = only();
        assertThat(late.server()).isEqualTo(B);
        assertThat(late.kind()).isEqualTo(EXCESS_BLOCKING);
        assertThat(late.revision()).isZero();
        assertThat(late.episode()).isEqualTo(T + MINUTE);
        assertThat(late.causedBy()).isEmpty();
        // when
        office.time(T + 92 * MINUTE + SECOND);
        office.time(T + 3 * HOUR);
        // then each once
        assertThat(only().server()).isEqualTo(C);
        office.clear(B, EXCESS_BLOCKING, T + MINUTE, T + 4 * HOUR);
        assertThat(only().resolvedAt()).hasValue(T + 4 * HOUR);
        office.clear(C, NEAR_EXHAUSTION, T + 2 * MINUTE, T + 4 * HOUR);
        assertThat(only().affected()).isEmpty();
        assertThat(office.atRest()).isTrue();
    }

    @Test
    void shouldNotTellEchoesWhenTheHourOfTheStormIsOver() {
        // given a server that stays silent
        office.raise(A, SERVER_SILENT, T + 55 * SECOND);
        // when
        office.time(T + HOUR + SECOND);
        // then
        Alert lasting = only();
        assertThat(lasting.server()).isEqualTo(B);
        assertThat(lasting.kind()).isEqualTo(EXHAUSTED);
        // when
        office.clear(C, NEAR_EXHAUSTION, T + 2 * MINUTE, T + 80 * MINUTE);
        office.time(T + 92 * MINUTE);
        // then the silence is still why
        Alert late = only();
        assertThat(late.kind()).isEqualTo(EXCESS_BLOCKING);
        assertThat(late.causedBy()).contains(A);
        // when
        office.heard(A, T + 2 * HOUR);
        office.clear(A, SERVER_SILENT, T + 55 * SECOND, T + 2 * HOUR);
        // then
        Alert over = only();
        assertThat(over.resolvedAt()).hasValue(T + 2 * HOUR);
        assertThat(over.affected()).containsExactly(C + "/NEAR_EXHAUSTION");
    }

    @Test
    void shouldResolveAStormThatIsCutAtTheTimeOfTheCut() {
        // given
        office.heard(A, T + 10 * MINUTE);
        assertThat(office.told()).isEmpty();
        // when one that does not lag lasts longer than an hour
        office.time(T + HOUR + SECOND);
        // then
        List<Alert> told = office.told();
        assertThat(told).hasSize(2);
        assertThat(told.get(0).kind()).isEqualTo(EXHAUSTED);
        assertThat(told.get(1).server()).isEqualTo(A);
        assertThat(told.get(1).resolvedAt()).hasValue(T + HOUR + SECOND);
    }

    @Test
    void shouldNotNameAnEchoInTheNextStorm() {
        // given
        office.clear(B, EXHAUSTED, T, T + 9 * MINUTE);
        office.heard(A, T + 10 * MINUTE);
        office.told();
        // when it falls silent once more
        office.quiet(A, T + 30 * MINUTE);
        office.raise(B, EXHAUSTED, T + 30 * MINUTE);
        // then
        assertThat(only().affected()).containsExactly(B + "/EXHAUSTED");
        office.clear(C, NEAR_EXHAUSTION, T + 2 * MINUTE, T + 40 * MINUTE);
        office.raise(C, NEAR_EXHAUSTION, T + 41 * MINUTE);
        office.clear(B, EXHAUSTED, T + 30 * MINUTE, T + 50 * MINUTE);
        office.heard(A, T + 50 * MINUTE);
        assertThat(only().affected()).containsExactly(B + "/EXHAUSTED", C + "/NEAR_EXHAUSTION");
    }

    @Test
    void shouldKeepEchoesQuietWhenTheCrashedServerIsRemoved() {
        office.clear(B, EXHAUSTED, T, T + 9 * MINUTE);
        office.gone(A, T + 10 * MINUTE);
        assertThat(only().resolvedAt()).hasValue(T + 10 * MINUTE);
        // when a neighbour is removed, too
        office.gone(C, T + 11 * MINUTE);
        office.clear(B, EXCESS_BLOCKING, T + MINUTE, T + 12 * MINUTE);
        assertThat(office.told()).isEmpty();
        assertThat(office.atRest()).isTrue();
    }

    @Test
    void shouldTellAMemberThatLagsWhenNoCauseAppears() {
        Office other = new Office();
        other.surge(B, EXHAUSTED, T);
        other.surge(C, NEAR_EXHAUSTION, T + 5 * SECOND);
        other.told();
        other.time(T + 2 * MINUTE + SECOND);
        assertThat(other.told()).extracting(Alert::server).containsExactly(C);
    }

    @Test
    void shouldNotResolveALeaderBeforeTheRecordThatNamedItsCause() {
        // given neighbours whose times differ by seconds
        Office other = new Office();
        other.surge(B, EXHAUSTED, T);
        other.quiet(A, T + 30 * SECOND);
        other.told();
        other.clear(B, EXHAUSTED, T, T + 28 * SECOND);
        assertThat(other.told())
                .extracting(one -> one.resolvedAt().orElse(0))
                .containsExactly(T + 30 * SECOND);
    }

    private Alert only() {
        List<Alert> told = office.told();
        assertThat(told).hasSize(1);
        return told.get(0);
    }
}
