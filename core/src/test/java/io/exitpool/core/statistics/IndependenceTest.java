package io.exitpool.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.Seed;
import io.exitpool.core.event.SessionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A user's slot on one server tells nothing about the slot on another: G-test of independence, at
 * sample sizes at which it finds the old ratio scheme at once.
 */
class IndependenceTest {
    private static final double LEAST_P = 1e-4;
    private static final long SEED = Seed.givenOr(20_260_514);

    /** 50 pairs for each of the 60 x 66 cells. */
    private static final int USERS = 50 * 60 * 66;

    private static final int LIVE = 5;
    private static final int ENOUGH_CAP = 1_024;

    @Test
    void shouldTellNothingOfAnotherServersGrant() {
        // given exclusive pools of 60 and 66, and every other pair, in one partition
        NinePools pools = new NinePools(1, new SplittableRandom(SEED), SEED + 1);
        Contingency bySlot = new Contingency(60, 66);
        Contingency[][] byTenth = new Contingency[NinePools.SIZES.length][NinePools.SIZES.length];
        for (int a = 0; a < byTenth.length; a++) {
            for (int b = 0; b < a; b++) {
                byTenth[a][b] = new Contingency(tenths(a), tenths(b));
            }
        }
        Deque<SessionId> live = new ArrayDeque<>();
        // when users come and go, a few at a time
        for (int n = 0; n < USERS; n++) {
            if (live.size() == LIVE) {
                pools.end(live.remove());
            }
            SessionId user = pools.newUser();
            live.add(user);
            int[] slots = pools.startByPlacement(user);
            bySlot.add(slots[NinePools.SYD], slots[NinePools.HEL]);
            for (int a = 0; a < byTenth.length; a++) {
                for (int b = 0; b < a; b++) {
                    byTenth[a][b].add(tenth(slots[a], a), tenth(slots[b], b));
                }
            }
        }
        // then
        assertThat(bySlot.meanPerCell()).isGreaterThanOrEqualTo(50);
        assertThat(bySlot.independence()).as("60 x 66, seed %d", SEED).isGreaterThan(LEAST_P);
        assertThat(bySlot.mutualInformation()).isLessThan(0.02);
        for (int a = 0; a < byTenth.length; a++) {
            for (int b = 0; b < a; b++) {
                assertThat(byTenth[a][b].independence())
                        .as("servers %d and %d, seed %d", a, b, SEED)
                        .isGreaterThan(LEAST_P);
            }
        }
    }

    @Test
    void shouldTellNothingAcrossPartitionsWithChanceOfTheirOwn() {
        // given
        NinePools one = new NinePools(4, new SplittableRandom(SEED + 2), SEED + 3);
        NinePools other = new NinePools(4, new SplittableRandom(SEED + 4), SEED + 5);
        Contingency sameServer = new Contingency(31, 31);
        // when the same user starts on both
        for (int n = 0; n < 50 * 31 * 31; n++) {
            SessionId user = one.newUser();
            sameServer.add(
                    one.startByPlacement(user)[NinePools.CPH],
                    other.startByPlacement(user)[NinePools.CPH]);
            one.end(user);
            other.end(user);
        }
        // then
        assertThat(sameServer.independence()).as("seed %d", SEED).isGreaterThan(LEAST_P);
    }

    @Test
    void shouldFindTheOldSchemeOut() {
        // given
        NinePools pools = new NinePools(ENOUGH_CAP, new SplittableRandom(SEED), SEED + 6);
        int[][] pairs = {
            {NinePools.SYD, NinePools.HEL},
            {NinePools.LAX, NinePools.HEL},
            {NinePools.LAX, NinePools.NYC},
            {NinePools.CPH, NinePools.LAX},
            {NinePools.SJC, NinePools.SCL},
            {NinePools.BER, NinePools.SCL},
            {NinePools.SCL, NinePools.JNB},
        };
        // Computed from the cells that floor(r * a) and floor(r * b) cut [0, 1) into.
        double[] bits = {5.263, 5.522, 5.415, 4.709, 2.858, 2.489, 3.459};
        Contingency[] tables = new Contingency[pairs.length];
        for (int pair = 0; pair < pairs.length; pair++) {
            tables[pair] =
                    new Contingency(
                            NinePools.SIZES[pairs[pair][0]], NinePools.SIZES[pairs[pair][1]]);
        }
        // when
        for (int n = 0; n < USERS; n++) {
            SessionId user = pools.newUser();
            int[] slots = pools.startByRatio(user);
            pools.end(user);
            for (int pair = 0; pair < pairs.length; pair++) {
                tables[pair].add(slots[pairs[pair][0]], slots[pairs[pair][1]]);
            }
        }
        // then
        for (int pair = 0; pair < pairs.length; pair++) {
            assertThat(tables[pair].mutualInformation()).isCloseTo(bits[pair], within(0.01));
            assertThat(tables[pair].independence()).isZero();
        }
    }

    /** How many equal parts a pool is cut into: ten, or its slots when it has fewer. */
    private static int tenths(int server) {
        return Math.min(10, NinePools.SIZES[server]);
    }

    private static int tenth(int slot, int server) {
        return slot * tenths(server) / NinePools.SIZES[server];
    }
}
