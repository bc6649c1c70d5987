package io.exitpool.agent.protocol;

import static io.exitpool.agent.protocol.Desk.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.agent.protocol.Desk.Named;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.SnapshotPart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An agent's own doings: beginning, sessions, snapshots. */
class AgentTest {
    private static final Named A = peer("a");
    private static final Named B = peer("b");

    @Test
    void shouldBeginWithItsEpochAndASnapshotAtOnce() {
        Desk desk = new Desk().start(Map.of());

        assertThat(desk.done()).containsExactly("1 server started", "2 snapshot 1 []");
        assertThat(desk.events).extracting(AgentEvent::getEpoch).containsOnly(Desk.EPOCH);
        assertThat(desk.events).extracting(AgentEvent::getOccurredAt).containsOnly(1_795_345_261L);
    }

    @Test
    void shouldAnnounceLiveTunnelsWithTheSlotsThatTheyHold() {
        Map<Peer, Integer> held = new LinkedHashMap<>();
        held.put(A, 7);
        held.put(B, 3);
        Desk desk = new Desk().start(held);

        assertThat(desk.done())
                .containsExactly("1 server started", "2 snapshot 1 [s1 held 7, s2 held 3]");
        desk.decide("s1", Desk.EPOCH, 2L, Desk.granted(7, Choice.ADOPTED, false));
        assertThat(desk.done()).containsExactly("map a to 7");
        assertThat(desk.agent.counters().adoptions()).isEqualTo(1);
        assertThat(desk.agent.counters().starts()).isZero();
        assertThat(desk.agent.unanswered()).isEqualTo(1);
    }

    @Test
    void shouldStartASessionAndApplyItsGrant() {
        Desk desk = new Desk().started();

        desk.up(A);
        assertThat(desk.done()).containsExactly("3 start s1");
        desk.grant("s1", 5);
        assertThat(desk.done()).containsExactly("map a to 5");
        desk.tick(29_999);
        assertThat(desk.done()).isEmpty();
    }

    @Test
    void shouldTakeTheAddressAwayBeforeItReportsTheEnd() {
        Desk desk = new Desk().started().admitted(A, 5);

        desk.down(A);

        assertThat(desk.done()).containsExactly("unmap a", "4 end s1 SILENT");
        assertThat(desk.agent.unreleased()).isEqualTo(1);
        desk.release("s1", 4L, 5, ReleaseCause.ENDED);
        assertThat(desk.done()).isEmpty();
        assertThat(desk.agent.unreleased()).isZero();
        assertThat(desk.agent.counters().releases()).isEqualTo(Map.of(ReleaseCause.ENDED, 1L));
    }

    @Test
    void shouldReportTheEndOfASessionWhoseStartHasNoAnswerYet() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.down(A);

        assertThat(desk.done()).containsExactly("3 start s1", "4 end s1 SILENT");
        desk.grant("s1", 5);
        assertThat(desk.done()).isEmpty();
        assertThat(desk.map).isEmpty();
    }

    @Test
    void shouldNotReportTheEndOfARejectedSession() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.reject("s1", RejectCause.EXHAUSTED, 10_000);
        desk.done();

        desk.down(A);
        desk.tick(20_000);

        assertThat(desk.done()).isEmpty();
    }

    @Test
    void shouldNotWaitForTheReleaseOfASessionThatWasRejectedAfterItsEnd() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.down(A);
        assertThat(desk.agent.unreleased()).isEqualTo(1);

        desk.reject("s1", 2, RejectCause.EXHAUSTED, 1_000);
        assertThat(desk.agent.unreleased()).isEqualTo(1);
        desk.reject("s1", 3, RejectCause.EXHAUSTED, 1_000);
        assertThat(desk.agent.unreleased()).isZero();
    }

    @Test
    void shouldUseANewSessionForTheNextTunnelOfAPeer() {
        Desk desk = new Desk().started().admitted(A, 5);
        desk.down(A);
        desk.up(A);

        assertThat(desk.done()).containsExactly("unmap a", "4 end s1 SILENT", "5 start s2");
    }

    @Test
    void shouldListAdmittedAndUnansweredSessionsInASnapshotEveryThirtySeconds() {
        Desk desk = new Desk(AgentSettings.DEFAULT, (p, slots, now) -> OptionalInt.of(9));
        desk.started().admitted(A, 5);
        desk.up(B);
        desk.up(peer("rejected"));
        desk.reject("s3", RejectCause.EXHAUSTED, 60_000);
        desk.tick(29_000);
        desk.done();

        desk.tick(999);
        assertThat(desk.done()).isEmpty();
        desk.tick(1);
        assertThat(desk.done()).containsExactly("7 snapshot 2 [s1 held 5, s2 wanted 9]");
        desk.grant("s2", 6);
        desk.tick(30_000);
        assertThat(desk.done()).startsWith("map b to 6", "8 snapshot 3 [s1 held 5, s2 held 6]");
    }

    /**
     * Its lease may have been granted before the snapshot, under a lower seq, and a snapshot that
     * did not name it would release it.
     */
    @Test
    void shouldListAStartThatWasSentJustBeforeTheSnapshot() {
        Desk desk = new Desk().started();
        desk.tick(29_990);
        desk.up(A);
        desk.tick(10);

        assertThat(desk.done()).containsExactly("3 start s1", "4 snapshot 2 [s1]");
    }

    @Test
    void shouldSendAnUnansweredStartAgainAfterGrowingPauses() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.done();

        desk.tick(4_999);
        assertThat(desk.done()).isEmpty();
        desk.tick(1);
        assertThat(desk.done()).containsExactly("4 start s1 attempt 1");
        desk.tick(9_999);
        assertThat(desk.done()).isEmpty();
        desk.tick(1);
        assertThat(desk.done()).containsExactly("5 start s1 attempt 2");
        desk.decide("s1", Desk.EPOCH, 5L, Desk.granted(5, Choice.PLACED, true));
        assertThat(desk.done()).containsExactly("map a to 5");
        assertThat(desk.agent.counters().repeatedGrants()).isEqualTo(1);
        assertThat(desk.agent.counters().grants()).isZero();
        assertThat(desk.agent.counters().retries()).isEqualTo(2);
    }

    @Test
    void shouldSendASnapshotInPartsWithNothingBetweenThem() {
        Desk desk = new Desk().started();
        Desk.peers(
                9_000,
                p -> {
                    desk.up(p);
                    return p;
                });
        desk.done();
        int before = desk.events.size();

        desk.tick(30_000);

        Map<Integer, Integer> entries =
                desk.events.subList(before, before + 3).stream()
                        .map(event -> (SnapshotPart) event.getBody())
                        .collect(
                                Collectors.toMap(
                                        SnapshotPart::getPart, part -> part.getEntries().size()));
        assertThat(entries).isEqualTo(Map.of(0, 4_096, 1, 4_096, 2, 808));
        assertThat(desk.events.subList(before, before + 3))
                .extracting(event -> ((SnapshotPart) event.getBody()).getParts())
                .containsOnly(3);
        for (int i = 0; i < desk.events.size(); i++) {
            assertThat(desk.events.get(i).getSeq()).isEqualTo(i + 1L);
        }
    }

    @Test
    void shouldSendASnapshotWhenEventsMayHaveBeenLost() {
        Desk desk = new Desk().started().admitted(A, 5);

        desk.agent.requestSnapshot();
        desk.tick(0);

        assertThat(desk.done()).containsExactly("4 snapshot 2 [s1 held 5]");
    }

    @Test
    void shouldEndEverySessionWhenItIsToldTo() {
        Desk desk = new Desk().started().admitted(A, 5).admitted(B, 6);

        desk.agent.endAll(EndReason.CANCELLED, desk.now);

        assertThat(desk.done())
                .containsExactly("unmap a", "5 end s1 CANCELLED", "unmap b", "6 end s2 CANCELLED");
        assertThat(desk.agent.sessions()).isZero();
    }

    @Test
    void shouldSayWhenSomethingIsDue() {
        Desk desk = new Desk().started();
        long begun = desk.now;

        assertThat(desk.agent.nextDueMillis()).isEqualTo(begun + 30_000);
        desk.up(A);
        assertThat(desk.agent.nextDueMillis()).isEqualTo(begun + 5_000);
        desk.reject("s1", RejectCause.EXHAUSTED, 2_000);
        assertThat(desk.agent.nextDueMillis()).isEqualTo(begun + 2_000);
        desk.down(A);
        assertThat(desk.agent.nextDueMillis()).isEqualTo(begun + 30_000);
        desk.agent.requestSnapshot();
        assertThat(desk.agent.nextDueMillis()).isLessThanOrEqualTo(begun);
    }

    @Test
    void shouldForgetEndsThatWereNeverAnswered() {
        Desk desk = new Desk().started().admitted(A, 5);
        desk.down(A);

        desk.tick(300_000);
        assertThat(desk.agent.unreleased()).isEqualTo(1);
        desk.tick(1);
        assertThat(desk.agent.unreleased()).isZero();
    }

    @Test
    void shouldRefuseWhatNoTunnelDoes() {
        Desk desk = new Desk().started().admitted(A, 5);

        assertThatThrownBy(() -> desk.up(A)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> desk.down(B)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> desk.start(Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldDivideItsDurationsAndNothingElse() {
        AgentSettings fast = AgentSettings.DEFAULT.dividedBy(60);

        assertThat(fast.snapshotEvery()).hasMillis(500);
        assertThat(fast.unansweredAfter()).hasMillis(83);
        assertThat(fast.maxEntriesPerPart()).isEqualTo(4_096);
        assertThat(AgentSettings.DEFAULT.dividedBy(1e9).snapshotEvery()).hasMillis(1);
        assertThatThrownBy(() -> AgentSettings.DEFAULT.dividedBy(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
