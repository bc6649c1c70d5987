package io.exitpool.operator.alerts;

import static io.exitpool.operator.alerts.Alerts.NOON;
import static io.exitpool.operator.alerts.Alerts.entry;
import static io.exitpool.operator.alerts.Alerts.open;
import static io.exitpool.operator.alerts.Alerts.resolved;
import static io.exitpool.operator.alerts.Alerts.revised;
import static io.exitpool.operator.alerts.Alerts.tombstone;
import static io.exitpool.operator.alerts.Alerts.undecodable;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertBoardTest {

    private static final Alert DRY = open("se-sto-wg-208", AlertKind.EXHAUSTED, NOON);
    private static final Alert NEAR = open("se-sto-wg-208", AlertKind.NEAR_EXHAUSTION, NOON + 1);
    private static final Alert SILENT = open("de-fra-wg-103", AlertKind.SERVER_SILENT, NOON + 2);

    private final AlertBoard board = new AlertBoard(Optional.empty());

    @Test
    void shouldShowTheLatestOfEachAlertAndTheMostRecentFirst() {
        // given
        board.take(entry(DRY));
        board.take(entry(SILENT));
        board.take(entry(NEAR));
        Alert over = resolved(NEAR, 60_000);

        // when
        board.take(entry(over));

        // then
        assertThat(board.alerts(false)).containsExactly(SILENT, DRY);
        assertThat(board.alerts(true)).containsExactly(SILENT, over, DRY);
        assertThat(board.isQuiet()).isFalse();
    }

    @Test
    void shouldBeQuietWhenAllIsResolvedOrForgotten() {
        assertThat(board.isQuiet()).isTrue();
        board.take(entry(DRY));
        board.take(entry(SILENT));
        assertThat(board.isQuiet()).isFalse();

        board.take(entry(resolved(DRY, 1_000)));
        board.take(tombstone("de-fra-wg-103/SERVER_SILENT"));

        assertThat(board.isQuiet()).isTrue();
        assertThat(board.alerts(true)).hasSize(1);
    }

    @Test
    void shouldTakeAStateThatItDoesNotKnowForOpen() {
        Alert odd = Alert.newBuilder(DRY).build();
        odd.setState(AlertState.UNKNOWN);
        board.take(entry(odd));

        assertThat(board.isQuiet()).isFalse();
    }

    @Test
    void shouldNotBeQuietWhileTheLatestRecordCannotBeRead() {
        // given
        board.take(entry(resolved(DRY, 1_000)));

        // when
        board.take(undecodable("se-sto-wg-208/EXHAUSTED"));

        // then
        assertThat(board.unreadable()).containsExactly("se-sto-wg-208/EXHAUSTED");
        assertThat(board.isQuiet()).isFalse();

        // and when
        board.take(entry(resolved(DRY, 1_000)));

        // then
        assertThat(board.isQuiet()).isTrue();
    }

    @Test
    void shouldShowOneServersAlertsAndTheStormsThatItIsPartOf() {
        // given
        AlertBoard one = new AlertBoard(Optional.of("se-sto-wg-208"));
        Alert storm = revised(SILENT, "It crashed.", List.of("se-sto-wg-208/EXHAUSTED"));
        Alert other = open("se-sto-wg-2080", AlertKind.EXHAUSTED, NOON);

        // when
        assertThat(one.take(entry(SILENT))).isEmpty();
        assertThat(one.take(entry(other))).isEmpty();
        assertThat(one.take(entry(DRY))).contains(DRY);
        assertThat(one.take(entry(storm))).contains(storm);
        one.take(undecodable("de-fra-wg-103/EXHAUSTED"));

        // then
        assertThat(one.alerts(false)).containsExactly(storm, DRY);
        assertThat(one.unreadable()).isEmpty();
    }
}
