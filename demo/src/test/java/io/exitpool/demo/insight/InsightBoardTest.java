package io.exitpool.demo.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.demo.insight.InsightView.Windows;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class InsightBoardTest {

    private static final String SERVER = "se-sto-wg-208";
    private static final String KEY = SERVER + "/EXHAUSTED";

    private final InsightBoard board = new InsightBoard(0);

    @Test
    void shouldTellTheRatioOfTheLastFiveWindows() {
        // given
        board.take(entry(Topics.POOL_STATS_1M, SERVER, Insights.minute(100, 100, null)));
        for (int window = 0; window < 4; window++) {
            board.take(entry(Topics.POOL_STATS_1M, SERVER, Insights.minute(10, 1, null)));
        }
        assertThat(board.view().servers().get(SERVER).rejectRatio().getAsDouble())
                .isCloseTo(104.0 / 140, within(1e-9));

        // when
        PoolStats last = Insights.minute(10, 1, Insights.load(12.5, 26));
        board.take(entry(Topics.POOL_STATS_1M, SERVER, last));

        // then
        InsightView view = board.view();
        assertThat(view.servers().get(SERVER).rejectRatio().getAsDouble()).isEqualTo(0.1);
        assertThat(view.servers().get(SERVER).load()).contains(last.getLoad());
        assertThat(view.windows()).isEqualTo(new Windows(6, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldTellNoRatioWhereNobodyAsked() {
        // when
        board.take(entry(Topics.POOL_STATS_1M, SERVER, Insights.minute(0, 0, null)));

        // then
        assertThat(board.view().servers().get(SERVER).rejectRatio()).isEmpty();
    }

    @Test
    void shouldTellTheFleetFromItsOwnWindowsOnly() {
        // when
        PoolStats all = Insights.minute(10, 1, Insights.load(12.5, 26));
        board.take(entry(Topics.FLEET_STATS_1M, "fleet", all));
        board.take(entry(Topics.FLEET_STATS_1M, "country/se", Insights.minute(10, 9, null)));
        board.take(entry(Topics.FLEET_STATS_1H, "fleet", Insights.minute(10, 10, null)));
        board.take(entry(Topics.POOL_STATS_1H, SERVER, Insights.minute(10, 10, null)));

        // then
        InsightView view = board.view();
        assertThat(view.fleet().rejectRatio().getAsDouble()).isEqualTo(0.1);
        assertThat(view.fleet().load()).contains(all.getLoad());
        assertThat(view.servers()).isEmpty();
        assertThat(view.windows()).isEqualTo(new Windows(0, 1, 2, 1, 0, 0));
    }

    @Test
    void shouldCountAnAlertOnceHoweverOftenItIsTold() {
        // given
        Alert open = Insights.alert(SERVER, AlertKind.EXHAUSTED, AlertState.OPEN);
        Alert again = Alert.newBuilder(open).setRevision(1).build();

        // when
        board.take(entry(Topics.POOL_ALERTS, KEY, open));
        board.take(entry(Topics.POOL_ALERTS, KEY, again));

        // then
        assertThat(board.view().opened()).isEqualTo(Map.of(AlertKind.EXHAUSTED, 1L));
        assertThat(board.view().resolved()).isEmpty();
        assertThat(board.view().open()).isEqualTo(Map.of(KEY, again));
        assertThat(board.view().latest()).containsExactly(open, again);

        // when
        Alert resolved = Insights.alert(SERVER, AlertKind.EXHAUSTED, AlertState.RESOLVED);
        board.take(entry(Topics.POOL_ALERTS, KEY, resolved));

        // then
        assertThat(board.view().opened()).isEqualTo(Map.of(AlertKind.EXHAUSTED, 1L));
        assertThat(board.view().resolved()).isEqualTo(Map.of(AlertKind.EXHAUSTED, 1L));
        assertThat(board.view().open()).isEmpty();
        assertThat(board.view().told()).isEqualTo(3);
    }

    @Test
    void shouldShowWhatIsOpenFromBeforeWithoutCountingIt() {
        // given
        Alert open = Insights.alert(SERVER, AlertKind.EXHAUSTED, AlertState.OPEN);

        // when
        board.before(entry(Topics.POOL_ALERTS, KEY, open));

        // then
        assertThat(board.view().open()).containsOnlyKeys(KEY);
        assertThat(board.view().openedCount()).isZero();
        assertThat(board.view().latest()).isEmpty();
    }

    @Test
    void shouldForgetWhatATombstoneForgets() {
        // given
        Alert open = Insights.alert(SERVER, AlertKind.EXHAUSTED, AlertState.OPEN);
        board.take(entry(Topics.POOL_ALERTS, KEY, open));

        // when
        board.take(entry(Topics.POOL_ALERTS, KEY, null));

        // then
        assertThat(board.view().open()).isEmpty();
        assertThat(board.view().resolvedCount()).isZero();
    }

    private static <T extends SpecificRecord> Entry<T> entry(Topic<T> topic, String key, T value) {
        return new Entry<>(topic.name(), 0, 0, 0, key, value, Optional.empty());
    }
}
