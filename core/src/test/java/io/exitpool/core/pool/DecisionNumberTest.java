package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Each decision is numbered one above the one before. {@link OneServer} holds every test to that;
 * here is what they do not reach, and where the numbers begin.
 */
class DecisionNumberTest {
    private static final long FIRST = OneServer.BEGIN * 1_000 + 1;

    private final ConfigDraft draft = ConfigDraft.slots(2);

    @Test
    void shouldBeginAtTheMicrosecondsOfThePoolsFirstDecision() {
        // given
        OneServer server = OneServer.configured(draft.next());
        assertThat(server.status().decisions()).isZero();
        // when
        server.pass(5_000);
        server.configure(draft.next());
        server.snapshot();
        server.reload();
        assertThat(server.status().decisions()).isZero();
        // then
        server.pass(5_000);
        long first = server.now * 1_000 + 1;
        assertThat(server.send(startOf(1)))
                .singleElement()
                .extracting(Decision::number)
                .isEqualTo(OptionalLong.of(first));
        assertThat(server.status().decisions()).isEqualTo(first);
    }

    @Test
    void shouldNumberDecisionsOfEveryKindAlike() {
        // given
        OneServer server = OneServer.configured(draft.leaseTtl(60_000).next());
        List<Decision> told = new ArrayList<>();
        // when: NOT_SYNCED, two grants, one repeated, EXHAUSTED
        told.addAll(server.send(startOf(1)));
        server.snapshot();
        told.addAll(server.send(startOf(1)));
        told.addAll(server.send(startOf(2)));
        told.addAll(server.send(startOf(1)));
        told.addAll(server.send(startOf(3)));
        // an end, and one of nobody's, which is no decision
        told.addAll(server.send(endOf(1)));
        told.addAll(server.send(endOf(1)));
        // a lease passed on, STALE_EPOCH, an expiry
        int held = server.sink.rows(OneServer.SERVER).leases.values().iterator().next().slot();
        long old = server.epoch;
        server.restart();
        told.addAll(server.snapshot(holding(12, held)));
        told.addAll(server.send(old, 900, startOf(4)));
        told.addAll(server.tickFor(60_000));
        // then
        assertThat(told)
                .extracting(decision -> decision.number().orElseThrow())
                .containsExactlyElementsOf(LongStream.range(FIRST, FIRST + 10).boxed().toList());
        assertThat(server.status().decisions()).isEqualTo(FIRST + 9);
    }

    @Test
    void shouldHaveNoneWithoutAPool() {
        assertThat(OneServer.unknown().send(startOf(1)))
                .singleElement()
                .satisfies(decision -> assertThat(decision.number()).isEmpty());
    }

    @Test
    void shouldNotGiveANumberTwiceAfterItsRowsWereLost() {
        // given a pool that decided much since it was configured
        PoolConfig config = draft.next();
        OneServer server = OneServer.synced(config);
        server.pass(1_000);
        List<Decision> told = busy(server);
        server.pass(1);
        // when its configuration is read again, as often as its rows are lost, and events go on
        for (int life = 0; life < 3; life++) {
            server.loseRows(config, OneServer.BEGIN);
            assertThat(server.status().decisions()).isZero();
            server.pass(1);
            server.snapshot();
            told.addAll(busy(server));
            server.pass(1);
        }
        // then
        assertThat(numbers(told)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldNotGiveANumberTwiceWhenRemovedAndConfiguredAgainAtOnce() {
        // given
        OneServer server = OneServer.synced(draft.next());
        List<Decision> told = busy(server);
        server.pass(1);
        // when it decides, is gone, comes back and decides, all at one time
        told.addAll(busy(server));
        server.remove();
        server.tick();
        assertThat(server.pools.servers()).isZero();
        server.configure(draft.next());
        assertThat(server.status().decisions()).isZero();
        server.snapshot();
        told.addAll(busy(server));
        // then
        assertThat(numbers(told)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldNotForgetItsNumbersWhileTimeIsNotPastThem() {
        // given a pool that is configured, decides and is removed, all at one time
        OneServer server = OneServer.configured(draft.next());
        server.reject(1);
        server.remove();
        server.tick();
        // when it comes back at that time, then it counts on
        server.configure(draft.next());
        server.reject(2);
        assertThat(server.decided()).isEqualTo(FIRST + 1);
        // when time is past its numbers, then it is gone
        server.remove();
        server.tick();
        assertThat(server.sink.takeGone()).isEmpty();
        server.pass(1);
        server.tick();
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
        assertThat(server.sink.knowsNothingOf(OneServer.SERVER)).isTrue();
    }

    /** Decisions of one time, half as many as its microseconds; no session is left. */
    private static List<Decision> busy(OneServer server) {
        List<Decision> told = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            told.addAll(server.send(startOf(1)));
            told.addAll(server.send(endOf(1)));
        }
        assertThat(told).hasSize(500);
        return told;
    }

    private static List<Long> numbers(List<Decision> told) {
        return told.stream().map(decision -> decision.number().orElseThrow()).toList();
    }
}
