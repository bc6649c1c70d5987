package io.exitpool.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final Fleet FLEET = new Fleet(8, 5, 10);
    private static final int CLIENTS = 2;
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void shouldCountEveryAnswerOfACorrectPeer() throws InterruptedException {
        // given
        InMemoryPeer peer = new InMemoryPeer(Fault.NONE);

        // when
        LoopResult result = new ClosedLoop(peer, FLEET, CLIENTS, 4, 1).run(SHORT, SHORT);

        // then
        assertThat(result.events()).isPositive().isLessThanOrEqualTo(result.decisions());
        assertThat(result.decisions()).isEqualTo(peer.decisions());
        assertThat(result.startLatency().getTotalCount()).isPositive();
        assertThat(result.rejectedShare()).isZero();
        assertThat(peer.open.get()).isZero();
    }

    @Test
    void shouldFailAPeerThatGivesOneSlotToTwo() {
        InMemoryPeer peer = new InMemoryPeer(Fault.ALWAYS_THE_SAME_SLOT);

        assertThatThrownBy(() -> new ClosedLoop(peer, FLEET, CLIENTS, 4, 1).run(SHORT, SHORT))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("two live sessions");
        assertThat(peer.open.get()).isZero();
    }

    @Test
    void shouldFailAPeerWhoseLogLacksADecision() {
        InMemoryPeer peer = new InMemoryPeer(Fault.LOSES_A_DECISION);

        assertThatThrownBy(() -> new ClosedLoop(peer, FLEET, CLIENTS, 4, 1).run(SHORT, SHORT))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("were answered");
    }

    private enum Fault {
        NONE,
        ALWAYS_THE_SAME_SLOT,
        LOSES_A_DECISION
    }

    /** Pools in plain Java; each server is asked by one thread only. */
    private static final class InMemoryPeer implements RunningPeer {

        private final Fault fault;
        private final AtomicLong logged = new AtomicLong();
        private final AtomicLong open = new AtomicLong();

        InMemoryPeer(Fault fault) {
            this.fault = fault;
        }

        @Override
        public String version() {
            return "in memory";
        }

        @Override
        public PeerConnection connect(int client, int clients) {
            open.incrementAndGet();
            Map<Integer, Deque<Integer>> free = new HashMap<>();
            Map<UUID, Integer> leases = new HashMap<>();
            return new PeerConnection() {
                @Override
                public void ask(List<Step> steps, Answers answers) {
                    for (Step step : steps) {
                        logged.incrementAndGet();
                        answers.answered(step, slot(step));
                    }
                }

                private int slot(Step step) {
                    Deque<Integer> slots =
                            free.computeIfAbsent(
                                    step.server(), s -> new ArrayDeque<>(List.of(0, 1, 2, 3, 4)));
                    if (fault == Fault.ALWAYS_THE_SAME_SLOT) {
                        return 0;
                    }
                    if (step.isStart()) {
                        leases.put(step.session(), slots.remove());
                        return leases.get(step.session());
                    }
                    int freed = leases.remove(step.session());
                    slots.add(freed);
                    return freed;
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }

        @Override
        public long decisions() {
            return fault == Fault.LOSES_A_DECISION ? logged.get() - 1 : logged.get();
        }

        @Override
        public void close() {}
    }
}
