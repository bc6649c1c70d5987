package io.exitpool.core.alert;

import static io.exitpool.core.alert.AlertKind.EXHAUSTED;
import static io.exitpool.core.alert.AlertKind.NEAR_EXHAUSTION;
import static io.exitpool.core.alert.AlertKind.POOL_FAILED;
import static io.exitpool.core.alert.AlertKind.SERVER_SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.core.alert.AlertSignal.Cleared;
import io.exitpool.core.alert.AlertSignal.Heard;
import io.exitpool.core.alert.AlertSignal.Quiet;
import io.exitpool.core.alert.AlertSignal.Raised;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The machine that all kinds share: holds, episodes, peaks, silence, and what it remembers. */
class ServerAlertsTest {
    private final Feed feed = new Feed();

    @Test
    void shouldSayNothingOfACalmPool() {
        feed.draft.calmHour(3).load(30);
        assertThat(feed.forSeconds(3_600)).isEmpty();
        assertThat(feed.states()).isEmpty();
    }

    @Test
    void shouldOpenAtOnceAndResolveAfterTheHold() {
        // when an attempt is rejected
        List<AlertSignal> opened = feed.next(draft -> draft.exhausted = 1);
        // then
        assertThat(opened).hasSize(1);
        Raised raised = (Raised) opened.get(0);
        assertThat(raised.kind()).isEqualTo(EXHAUSTED);
        assertThat(raised.episode()).isEqualTo(feed.draft.at);
        // when none is for five minutes, then it is over
        feed.draft.exhausted = 0;
        assertThat(feed.forSeconds(300)).isEmpty();
        assertThat(feed.forSeconds(1))
                .containsExactly(
                        new Cleared(EXHAUSTED, raised.episode(), feed.draft.at, raised.value()));
        assertThat(feed.forSeconds(600)).isEmpty();
    }

    @Test
    void shouldBeginTheHoldAnewWithEachRelapse() {
        feed.next(draft -> draft.exhausted = 1);
        for (int i = 0; i < 10; i++) {
            feed.draft.exhausted = 0;
            assertThat(feed.forSeconds(299)).isEmpty();
            feed.draft.exhausted = 1;
            assertThat(feed.forSeconds(1)).isEmpty();
        }
    }

    @Test
    void shouldOpenOnlyAfterTheHold() {
        feed.draft.calmHour(1).load(45);
        assertThat(feed.forSeconds(60)).isEmpty();
        assertThat(feed.forSeconds(1)).hasSize(1);
    }

    @Test
    void shouldOpenOnceForALoadThatIsBeyondTheThresholdEveryOtherMinute() {
        feed.draft.calmHour(1);
        feed.draft.load(41);
        assertThat(feed.forSeconds(50)).isEmpty();
        feed.draft.load(40);
        assertThat(feed.forSeconds(50)).isEmpty();
        feed.draft.load(41);
        assertThat(feed.forSeconds(50)).hasSize(1);
    }

    @Test
    void shouldBeginTheHoldAnewOnceTheLoadWasLow() {
        feed.draft.calmHour(1);
        for (int i = 0; i < 10; i++) {
            feed.draft.load(41);
            assertThat(feed.forSeconds(50)).isEmpty();
            feed.draft.load(36);
            assertThat(feed.forSeconds(1)).isEmpty();
        }
    }

    @Test
    void shouldCountOnlyTheTimeThatPassed() {
        // given a load that is too high, and statuses whose gaps do not count
        feed.draft.calmHour(1).load(45);
        feed.draft.passed = 0;
        assertThat(feed.forSeconds(1_000)).isEmpty();
        feed.draft.passed = 30_000;
        assertThat(feed.forSeconds(1)).isEmpty();
        assertThat(feed.forSeconds(1)).hasSize(1);
    }

    @Test
    void shouldTellThePeakAndGrowEpisodes() {
        // given
        feed.draft.calmHour(1).load(45);
        feed.forSeconds(61);
        // when it becomes worse and then better
        feed.draft.load(52);
        feed.forSeconds(10);
        feed.draft.load(20);
        feed.forSeconds(601);
        feed.draft.load(45);
        feed.forSeconds(61);
        // then
        assertThat(feed.heard).hasSize(3);
        Raised first = (Raised) feed.heard.get(0);
        Cleared over = (Cleared) feed.heard.get(1);
        Raised second = (Raised) feed.heard.get(2);
        assertThat(over.peak()).isEqualTo(52);
        assertThat(over.episode()).isEqualTo(first.episode());
        assertThat(second.episode()).isGreaterThan(over.at());
    }

    @Test
    void shouldGrowEpisodesEvenWhenTimeStandsStill() {
        feed.draft.passed = 0;
        feed.next(draft -> draft.failed = Optional.of("a session has two leases"));
        feed.next(draft -> draft.failed = Optional.empty());
        feed.next(draft -> draft.failed = Optional.of("a session has two leases"));
        assertThat(feed.heard).hasSize(3);
        assertThat(((Raised) feed.heard.get(2)).episode())
                .isGreaterThan(((Raised) feed.heard.get(0)).episode());
    }

    @Test
    void shouldResolveNothingForWantOfData() {
        // given an open alert whose load nobody knows any more
        feed.draft.calmHour(1).load(45);
        feed.forSeconds(61);
        feed.draft.load = Optional.empty();
        assertThat(feed.forSeconds(7_200)).isEmpty();
        // when it is known again, then the hold begins
        feed.draft.load(20);
        assertThat(feed.forSeconds(600)).isEmpty();
        assertThat(feed.forSeconds(1)).hasSize(1).allMatch(Cleared.class::isInstance);
    }

    @Test
    void shouldNotTakeARejectionForOtherReasonsAsRoom() {
        feed.next(draft -> draft.exhausted = 1);
        feed.draft.exhausted = 0;
        feed.draft.synced = false;
        assertThat(feed.forSeconds(3_600)).isEmpty();
    }

    @Test
    void shouldTellSilenceInTwoSteps() {
        // given
        feed.draft.silentMillis = 34_999;
        assertThat(feed.forSeconds(1)).isEmpty();
        // when a snapshot is missed
        feed.draft.silentMillis = 35_000;
        assertThat(feed.forSeconds(20))
                .containsExactly(new Quiet(feed.draft.at - 19_000, 35_000, 35_000));
        feed.draft.silentMillis = 89_999;
        assertThat(feed.forSeconds(10)).isEmpty();
        // when three are
        feed.draft.silentMillis = 90_000;
        List<AlertSignal> raised = feed.forSeconds(100);
        assertThat(raised).hasSize(1).allMatch(Raised.class::isInstance);
        // when the server is heard
        feed.draft.silentMillis = 0;
        long episode = ((Raised) raised.get(0)).episode();
        assertThat(feed.forSeconds(100))
                .containsExactly(
                        new Heard(feed.draft.at - 99_000),
                        new Cleared(SERVER_SILENT, episode, feed.draft.at - 99_000, 90));
    }

    @Test
    void shouldNotExpectARemovedServer() {
        feed.draft.silentMillis = 1_000_000;
        feed.draft.configured = false;
        assertThat(feed.forSeconds(100)).isEmpty();
    }

    @Test
    void shouldRememberAllOfItOverARestart() {
        // given alerts that are open, about to open, and a quiet server
        Feed other = new Feed();
        for (Feed one : List.of(feed, other)) {
            one.draft.calmHour(1).load(45).exhausted = 1;
            one.draft.silentMillis = 40_000;
        }
        for (int i = 0; i < 2_000; i++) {
            if (i == 100) {
                feed.draft.exhausted = 0;
                other.draft.exhausted = 0;
            }
            if (i == 700) {
                feed.draft.load(10).silentMillis = 0;
                other.draft.load(10).silentMillis = 0;
            }
            // when
            other.restart();
            // then
            assertThat(other.forSeconds(1)).isEqualTo(feed.forSeconds(1));
            assertThat(other.states()).isEqualTo(feed.states());
        }
        assertThat(feed.opened(EXHAUSTED)).isEqualTo(1);
        assertThat(feed.cleared(EXHAUSTED)).isEqualTo(1);
        assertThat(feed.cleared(NEAR_EXHAUSTION)).isEqualTo(1);
        assertThat(feed.opened(POOL_FAILED)).isZero();
    }

    @Test
    void shouldLiveFasterButNotFasterThanStatuses() {
        AlertSettings faster = AlertSettings.DEFAULT.dividedBy(60);
        assertThat(faster.exhausted().closeForMillis()).isEqualTo(5_000);
        assertThat(faster.nearExhaustion().openForMillis()).isEqualTo(1_000);
        assertThat(faster.serverSilent().quietMillis()).isEqualTo(2_500);
        assertThat(faster.serverSilent().openMillis()).isEqualTo(4_000);
        assertThat(faster.hotReuse().openShare()).isEqualTo(0.05);
        assertThat(AlertSettings.DEFAULT.dividedBy(1)).isEqualTo(AlertSettings.DEFAULT);
        assertThatThrownBy(() -> AlertSettings.DEFAULT.dividedBy(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
