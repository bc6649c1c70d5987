package io.exitpool.core.insight;

import io.exitpool.core.pool.PoolStatus;
import java.util.Arrays;
import java.util.List;

/**
 * How full a pool is, by {@link Level}: moved by every decision, and held against every status.
 * Four sums tell all that is needed of the slots' loads, so that no slot has to be kept.
 */
final class Levels {
    private final long[] now = new long[Level.values().length];

    /** What a decision may have made of the level; never below 0, whatever was lost. */
    long at(int level) {
        return Math.max(0, now[level]);
    }

    /** A slot carries one session more, or one less. */
    void move(int from, int to) {
        now[Level.SESSIONS.ordinal()] += to - from;
        now[Level.IN_USE.ordinal()] += (to > 0 ? 1 : 0) - (from > 0 ? 1 : 0);
        now[Level.ALONE.ordinal()] += (to == 1 ? 1 : 0) - (from == 1 ? 1 : 0);
        now[Level.SQUARES.ordinal()] += (long) to * to - (long) from * from;
    }

    /** Takes the status' word; whether the decisions had said the same. */
    boolean settle(PoolStatus status) {
        long[] decided = Arrays.copyOf(now, Level.DECIDED);
        Arrays.fill(now, 0, Level.DECIDED, 0);
        List<Integer> loads = status.loads();
        for (int i = 0; i < loads.size(); i++) {
            long load = i + 1;
            long slots = loads.get(i);
            now[Level.SESSIONS.ordinal()] += load * slots;
            now[Level.IN_USE.ordinal()] += slots;
            now[Level.ALONE.ordinal()] += load == 1 ? slots : 0;
            now[Level.SQUARES.ordinal()] += load * load * slots;
        }
        now[Level.RESTING.ordinal()] = status.resting();
        now[Level.FREE.ordinal()] = status.free();
        now[Level.SET_ASIDE.ordinal()] = status.setAside();
        return Arrays.equals(decided, 0, Level.DECIDED, now, 0, Level.DECIDED);
    }
}
