package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.only;
import static io.exitpool.core.pool.OneServer.retry;
import static io.exitpool.core.pool.OneServer.session;
import static io.exitpool.core.pool.OneServer.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.ServerStarted;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rule 9: the lives of an agent. */
class EpochTest {
    private final PoolConfig config = ConfigDraft.slots(10).next();

    @Test
    void shouldTellAnAgentOfALowerEpochThatItIsNotTheLast() {
        // given
        OneServer server = OneServer.synced(config);
        long old = server.epoch;
        server.restart();
        server.snapshot();
        // when, then
        assertThat(server.send(old, 900, retry(1, 2)))
                .containsExactly(
                        new Decision(
                                session(1),
                                server.number(),
                                OptionalLong.of(server.epoch),
                                OptionalLong.of(900),
                                OptionalLong.of(config.version()),
                                new Rejected(RejectCause.STALE_EPOCH, 0, 2)));
        assertThat(server.pools.sessions()).isZero();
    }

    @Test
    void shouldIgnoreEverythingElseOfALowerEpoch() {
        // given
        OneServer server = OneServer.synced(config);
        long old = server.epoch;
        server.grant(1);
        server.restart();
        server.snapshot(live(1));
        // when a late end, and a snapshot that does not name it
        assertThat(server.send(old, 900, endOf(1))).isEmpty();
        assertThat(server.send(old, 901, server.part(0, 1))).isEmpty();
        assertThat(server.send(old, 902, new ServerStarted())).isEmpty();
        // then
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.status().counters()).isEqualTo(new PoolCounters(0, 3, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldFallOutOfSyncWithAHigherEpochWhoeverSpeaksFirst() {
        // given
        OneServer server = OneServer.synced(config);
        server.grant(1);
        // when a start is the first that is heard of it
        server.epoch += 50;
        server.seq = 0;
        assertThat(server.start(2)).isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
        // then the lease is still there until the snapshot
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.snapshot())
                .singleElement()
                .extracting(Decision::outcome)
                .hasFieldOrPropertyWithValue("cause", ReleaseCause.RESET);
        server.grant(2);
    }

    @Test
    void shouldBeginNumbersAnewWithAnEpoch() {
        // given
        OneServer server = OneServer.synced(config);
        for (int n = 0; n < 20; n++) {
            server.send(endOf(99));
        }
        // when
        server.restart();
        // then
        assertThat(server.seq).isEqualTo(1);
        server.snapshot();
        server.grant(1);
        assertThat(server.status().counters().duplicates()).isZero();
    }

    @Test
    void shouldNotBelieveAnEpochMoreThanADayAhead() {
        // given
        OneServer server = OneServer.synced(config);
        long day = 86_400_000L;
        long absurd = (server.now + day + 1) * 1_000;
        // when, then
        assertThat(server.send(absurd, 1, startOf(1))).isEmpty();
        assertThat(server.deadLetter())
                .isEqualTo(
                        "epoch %d is more than 24 h ahead of the record's time; see pools"
                                        .formatted(absurd)
                                + " reset-epoch");
        assertThat(server.status().epoch()).isEqualTo(OptionalLong.of(server.epoch));
        server.grant(1);
        // when it is a day ahead and no more, then it is believed
        assertThat(only(server.send((server.now + day) * 1_000, 1, startOf(2))))
                .isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
    }

    @Test
    void shouldNotBelieveTheLargestEpochThereIs() {
        // given
        OneServer server = OneServer.synced(config);
        // when, then
        assertThat(server.send(new AgentEvent(Long.MAX_VALUE, 1, 0, startOf(1)))).isEmpty();
        assertThat(server.deadLetter()).contains("24 h ahead");
    }

    @Test
    void shouldForgetTheEpochWhenAnOperatorSaysSo() {
        // given an agent whose clock had been ahead
        ConfigDraft draft = ConfigDraft.slots(10);
        OneServer server = OneServer.synced(draft.next());
        server.grant(1);
        long ahead = server.epoch;
        // when
        assertThat(server.configure(draft.next(new Order.ResetEpoch()))).isEmpty();
        assertThat(server.status().epoch()).isEmpty();
        assertThat(server.status().synced()).isFalse();
        // then an epoch below it is as good as any
        server.epoch = ahead - 500;
        server.seq = 0;
        assertThat(server.send(new ServerStarted())).isEmpty();
        assertThat(server.snapshot(live(1))).isEmpty();
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.status().epoch()).isEqualTo(OptionalLong.of(ahead - 500));
    }
}
