package io.exitpool.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTraceTest {

    private static final Fleet FLEET = new Fleet(20, 30, 10);
    private static final int CLIENTS = 4;
    private static final int LAG = 16;
    private static final int STEPS = 50_000;

    @Test
    void shouldEndOnlyWhatLivesOnThatServerAndIsOldEnough() {
        // given
        SessionTrace trace = new SessionTrace(FLEET, 1, CLIENTS, LAG, 7);
        Map<UUID, Integer> servers = new HashMap<>();
        Map<UUID, Integer> startedAt = new HashMap<>();

        // when
        for (int i = 0; i < STEPS; i++) {
            Optional<Step> step = trace.next();

            // then
            if (step.isPresent() && step.get().isStart()) {
                assertThat(servers.put(step.get().session(), step.get().server())).isNull();
                startedAt.put(step.get().session(), i);
            } else if (step.isPresent()) {
                UUID leaver = step.get().session();
                assertThat(servers.remove(leaver)).isEqualTo(step.get().server());
                assertThat(i - startedAt.remove(leaver)).isGreaterThan(LAG);
            }
        }
    }

    @Test
    void shouldKeepItsServersAtSixtyPerCent() {
        // given
        SessionTrace trace = new SessionTrace(FLEET, 1, CLIENTS, LAG, 7);
        Map<Integer, Integer> live = new HashMap<>();

        // when
        for (int i = 0; i < STEPS; i++) {
            trace.next()
                    .ifPresent(
                            step ->
                                    live.merge(
                                            step.server(), step.isStart() ? 1 : -1, Integer::sum));
        }

        // then
        assertThat(live).containsOnlyKeys(1, 5, 9, 13, 17);
        assertThat(live.values()).allSatisfy(n -> assertThat(n).isBetween(16, 20));
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        // given
        SessionTrace one = new SessionTrace(FLEET, 0, CLIENTS, LAG, 7);
        SessionTrace other = new SessionTrace(FLEET, 0, CLIENTS, LAG, 7);

        // when, then
        for (int i = 0; i < STEPS; i++) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }

    @Test
    void shouldLeaveASlotFreeInAPoolOfAnySize() {
        // given a fleet whose sessions are all younger than the lag
        Fleet tiny = new Fleet(2, 2, 10);
        SessionTrace trace = new SessionTrace(tiny, 0, 1, 100, 7);
        Map<Integer, Integer> live = new HashMap<>();

        // when
        for (int i = 0; i < STEPS; i++) {
            trace.next()
                    .ifPresent(
                            step ->
                                    live.merge(
                                            step.server(), step.isStart() ? 1 : -1, Integer::sum));

            // then
            assertThat(live.values()).allSatisfy(n -> assertThat(n).isLessThan(2));
        }
    }
}
