package io.exitpool.core.alert;

import static io.exitpool.core.alert.AlertKind.EXHAUSTED;
import static io.exitpool.core.alert.AlertKind.HOT_REUSE;
import static io.exitpool.core.alert.AlertKind.NEAR_EXHAUSTION;
import static io.exitpool.core.alert.AlertKind.SERVER_SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that are removed, and alerts that are long over. */
class DeskEndingsTest {
    private static final String A = "se-sto-wg-001";
    private static final String B = "se-sto-wg-002";
    private static final String C = "se-sto-wg-003";
    private static final String D = "se-sto-wg-004";
    private static final long T = 1_767_225_600_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;

    private final Office office = new Office();

    @Test
    void shouldResolveTheAlertsOfAServerThatIsRemoved() {
        // given
        office.raise(B, HOT_REUSE, T);
        office.quiet(A, T);
        office.raise(B, EXHAUSTED, T);
        office.raise(C, EXHAUSTED, T);
        office.told();
        // when the silent server is
        office.gone(A, T + MINUTE);
        // then what it led is told, and it is over
        List<Alert> told = office.told();
        assertThat(told).hasSize(3);
        assertThat(told.get(0).server()).isEqualTo(B);
        assertThat(told.get(1).server()).isEqualTo(C);
        assertThat(told.get(2).server()).isEqualTo(A);
        assertThat(told.get(2).resolvedAt()).hasValue(T + MINUTE);
        // when a neighbour is
        office.gone(B, T + 2 * MINUTE);
        assertThat(names()).containsExactly("EXHAUSTED over", "HOT_REUSE over");
        office.raise(D, EXHAUSTED, T + 2 * MINUTE);
        assertThat(only().server()).isEqualTo(D);
    }

    @Test
    void shouldTellNothingOfARemovedMember() {
        office.surge(B, EXHAUSTED, T);
        office.surge(C, EXHAUSTED, T + SECOND);
        office.quiet(A, T + 30 * SECOND);
        office.surge(B, NEAR_EXHAUSTION, T + 31 * SECOND);
        office.told();
        office.gone(B, T + MINUTE);
        List<Alert> told = office.told();
        assertThat(told).hasSize(2);
        assertThat(told.get(0).server()).isEqualTo(C);
        assertThat(told.get(1).server()).isEqualTo(B);
        assertThat(told.get(1).affected()).containsExactly(B + "/NEAR_EXHAUSTION");
    }

    @Test
    void shouldLeaveATombstoneThirtyDaysLater() {
        // given one that was told, and one that was only named
        office.quiet(A, T);
        office.raise(B, EXHAUSTED, T);
        office.clear(B, EXHAUSTED, T, T + MINUTE);
        office.heard(A, T + MINUTE);
        office.told();
        // when, then
        office.time(T + 30 * DAY);
        assertThat(office.tombstones()).isEmpty();
        office.time(T + 30 * DAY + MINUTE);
        assertThat(office.tombstones()).containsExactly(new AlertKey(A, SERVER_SILENT));
        assertThat(office.forgotten()).isTrue();
    }

    @Test
    void shouldLeaveNoTombstoneOnAnAlertThatIsOpenAgain() {
        office.raise(B, EXHAUSTED, T);
        office.clear(B, EXHAUSTED, T, T + MINUTE);
        office.raise(B, EXHAUSTED, T + DAY);
        office.time(T + 31 * DAY);
        assertThat(office.tombstones()).isEmpty();
        // given one that was told before and is only named now
        office.clear(B, EXHAUSTED, T + DAY, T + 31 * DAY);
        office.quiet(A, T + 32 * DAY);
        office.raise(B, EXHAUSTED, T + 32 * DAY);
        office.clear(B, EXHAUSTED, T + 32 * DAY, T + 33 * DAY);
        office.heard(A, T + 33 * DAY);
        office.time(T + 63 * DAY);
        assertThat(office.tombstones())
                .containsExactly(new AlertKey(A, SERVER_SILENT), new AlertKey(B, EXHAUSTED));
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
