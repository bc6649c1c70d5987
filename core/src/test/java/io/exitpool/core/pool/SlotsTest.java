package io.exitpool.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.core.Seed;
import io.exitpool.core.pool.Slots.State;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The slots against a mirror that scans. */
class SlotsTest {
    private static final int ROUNDS = 600;
    private static final int STEPS = 400;

    @Test
    void shouldAnswerEveryQuestionAsAScanDoes() {
        long base = Seed.givenOrFresh();
        int rounds = Seed.given().isPresent() ? 1 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            long seed = base + round;
            Seed.run(SlotsTest.class, seed, () -> new Run(new Random(seed)).go());
        }
    }

    @Test
    void shouldRefuseToReleaseAnEmptySlot() {
        Slots slots = new Slots(2, ConfigDraft.slots(2).next());
        assertThatThrownBy(() -> slots.release(1, 5, true))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("a slot without sessions loses one");
    }

    @Test
    void shouldTakeEveryLoadUpToTheLargestCap() {
        // given
        Slots slots = new Slots(3, ConfigDraft.slots(3).cap(PoolConfig.MAX_CAP).next());
        // when, then
        for (int load = 1; load <= PoolConfig.MAX_CAP + 5; load++) {
            slots.grant(1);
            slots.check();
            assertThat(slots.load(1)).isEqualTo(load);
            assertThat(slots.isEligible(1)).isEqualTo(load < PoolConfig.MAX_CAP);
        }
        for (int load = PoolConfig.MAX_CAP + 4; load >= 0; load--) {
            slots.release(1, 7, true);
            slots.check();
        }
        assertThat(slots.resting()).isEqualTo(1);
    }

    /** One random pool and its mirror. */
    private static final class Run {
        private final Random random;
        private final int size;
        private final int cap;
        private final int capMax;
        private final long minRest;
        private final long floor;
        private final int maxResting;
        private final Slots slots;

        private final int[] load;
        private final boolean[] aside;
        private final boolean[] used;
        private final boolean[] reported;
        private final boolean[] early;
        private final long[] releasedAt;

        /** Empty slots that are not set aside, in the order in which they emptied. */
        private final List<Integer> emptied = new ArrayList<>();

        private long now = 1_000_000;

        Run(Random random) {
            this.random = random;
            size = 1 + random.nextInt(12);
            cap = 1 + random.nextInt(3);
            capMax = cap + random.nextInt(3);
            minRest = random.nextInt(5) == 0 ? 0 : random.nextInt(2_000);
            floor = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(2_000);
            double share = random.nextBoolean() ? 1 : random.nextDouble();
            maxResting = (int) Math.floor(share * size);
            ConfigDraft draft =
                    ConfigDraft.slots(size)
                            .cap(cap)
                            .shareUpTo(capMax)
                            .minRest(minRest)
                            .maxRestingShare(share);
            slots =
                    new Slots(
                            size,
                            floor == Long.MAX_VALUE
                                    ? draft.next()
                                    : draft.shortenRestTo(floor).next());
            load = new int[size];
            aside = new boolean[size];
            used = new boolean[size];
            reported = new boolean[size];
            early = new boolean[size];
            releasedAt = new long[size];
        }

        void go() {
            putTogether();
            compare();
            for (int step = 0; step < STEPS; step++) {
                int slot = random.nextInt(size);
                if (random.nextInt(4) == 0) {
                    now += random.nextInt(400);
                } else if (load[slot] > 0 && random.nextInt(5) < 2) {
                    release(slot);
                } else if (load[slot] <= capMax) {
                    grant(slot);
                }
                if (random.nextBoolean()) {
                    compare();
                }
            }
        }

        /** As after a reload: past, sessions and set-asides in any order, then settled. */
        private void putTogether() {
            for (int slot = 0; slot < size; slot++) {
                if (random.nextBoolean()) {
                    used[slot] = true;
                    reported[slot] = random.nextBoolean();
                    releasedAt[slot] = now - random.nextInt(3_000);
                    slots.markReleased(slot, releasedAt[slot], reported[slot]);
                }
                for (int n = random.nextInt(4) - 2; n > 0; n--) {
                    load[slot]++;
                    slots.grant(slot);
                }
                if (random.nextInt(6) == 0) {
                    aside[slot] = true;
                    slots.setAside(slot);
                    slots.setAside(slot);
                }
            }
            slots.settle();
            IntStream.range(0, size)
                    .filter(slot -> load[slot] == 0 && !aside[slot])
                    .boxed()
                    .sorted(
                            (a, b) ->
                                    Long.compare(
                                            used[a] ? releasedAt[a] : -1,
                                            used[b] ? releasedAt[b] : -1))
                    .forEach(emptied::add);
        }

        private void grant(int slot) {
            slots.grant(slot);
            load[slot]++;
            early[slot] = false;
            emptied.remove((Integer) slot);
        }

        private void release(int slot) {
            boolean vouched = random.nextBoolean();
            slots.release(slot, now, vouched);
            load[slot]--;
            used[slot] = true;
            reported[slot] = vouched;
            releasedAt[slot] = now;
            if (load[slot] == 0 && !aside[slot]) {
                emptied.add(slot);
            }
        }

        private boolean empty(int slot) {
            return load[slot] == 0 && !aside[slot];
        }

        private boolean rested(int slot) {
            return !used[slot] || now - releasedAt[slot] >= minRest;
        }

        private boolean free(int slot) {
            return empty(slot) && (rested(slot) || early[slot]);
        }

        private boolean rests(int slot) {
            return empty(slot) && !free(slot);
        }

        private boolean eligible(int slot) {
            return free(slot) || !aside[slot] && load[slot] > 0 && load[slot] < cap;
        }

        private boolean floored(int slot) {
            return rests(slot) && reported[slot] && now - releasedAt[slot] >= floor;
        }

        private void compare() {
            slots.advance(now);
            for (int slot : emptied) {
                if (rests(slot) && count(this::rests) > maxResting) {
                    early[slot] = true;
                }
            }
            slots.check();
            assertThat(drawn(slots.eligibleCount(), slots::eligible))
                    .isEqualTo(all(this::eligible));
            assertThat(drawn(slots.flooredCount(), slots::floored)).isEqualTo(all(this::floored));
            for (int carried = 0; carried <= capMax; carried++) {
                int n = carried;
                assertThat(drawn(slots.countWithLoad(n), i -> slots.withLoad(n, i)))
                        .isEqualTo(all(s -> n == 0 ? free(s) : !aside[s] && load[s] == n));
            }
            assertThat(slots.free()).isEqualTo(count(this::free));
            assertThat(slots.resting()).isEqualTo(count(this::rests));
            assertThat(slots.inUse()).isEqualTo(count(s -> !aside[s] && load[s] > 0));
            assertThat(slots.setAside()).isEqualTo(count(s -> aside[s]));
            assertThat(slots.totalLoad()).isEqualTo(IntStream.of(load).sum());
            int fullest = IntStream.of(load).max().orElseThrow();
            assertThat(slots.loads())
                    .isEqualTo(
                            IntStream.rangeClosed(1, fullest)
                                    .mapToObj(n -> count(s -> load[s] == n))
                                    .toList());
            assertThat(slots.leastLoad(cap, capMax))
                    .isEqualTo(
                            IntStream.range(cap, capMax)
                                    .filter(n -> count(s -> !aside[s] && load[s] == n) > 0)
                                    .findFirst()
                                    .orElse(capMax));
            compareOldest();
            for (int slot = 0; slot < size; slot++) {
                assertThat(slots.state(slot)).isEqualTo(state(slot));
                assertThat(slots.isEligible(slot)).isEqualTo(eligible(slot));
            }
        }

        private void compareOldest() {
            emptied.stream()
                    .filter(this::free)
                    .findFirst()
                    .ifPresent(slot -> assertThat(slots.longestRested()).isEqualTo(slot));
            long wait =
                    emptied.stream()
                            .filter(this::rests)
                            .findFirst()
                            .map(slot -> releasedAt[slot] + minRest - now)
                            .orElse(minRest);
            assertThat(slots.untilNextFree(now)).isEqualTo(wait);
        }

        private State state(int slot) {
            if (aside[slot]) {
                return State.SET_ASIDE;
            }
            return load[slot] > 0 ? State.IN_USE : free(slot) ? State.FREE : State.RESTING;
        }

        private int count(IntPredicate which) {
            return all(which).cardinality();
        }

        private BitSet all(IntPredicate which) {
            BitSet set = new BitSet();
            IntStream.range(0, size).filter(which).forEach(set::set);
            return set;
        }

        private static BitSet drawn(int n, java.util.function.IntUnaryOperator nth) {
            BitSet set = new BitSet();
            IntStream.range(0, n).map(nth).forEach(set::set);
            assertThat(set.cardinality()).as("each once").isEqualTo(n);
            return set;
        }
    }
}
