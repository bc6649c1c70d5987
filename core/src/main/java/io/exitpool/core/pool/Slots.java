package io.exitpool.core.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The slots of one pool: what each carries, how long it has been empty, and which may be granted,
 * every question answered in a constant number of steps. 28 bytes a slot.
 *
 * <p>Three structures over flat arrays:
 *
 * <ul>
 *   <li>{@code order}, a permutation of all slots cut into regions: set aside, resting, floored
 *       (resting, but past the ladder's hard floor and vouched for), free, and one for each load
 *       from 1 up. What is eligible is one stretch of it, free up to load cap - 1, so that a
 *       uniform choice is one random number. A slot moves to a neighbouring region by one swap.
 *   <li>the idle list, all empty slots that are not set aside, in the order in which they emptied:
 *       the free ones are a prefix of it, because all rest equally long.
 *   <li>two cursors into it, to the first slot that still rests and to the first that was not yet
 *       held against the hard floor; {@link #advance} moves them with time.
 * </ul>
 */
final class Slots {
    private static final int NONE = -1;

    private static final int ASIDE = 0;
    private static final int RESTING = 1;
    private static final int FLOORED = 2;
    private static final int FREE = 3;

    private static final byte IS_ASIDE = 1;
    private static final byte USED = 2;
    private static final byte REPORTED = 4;

    private final int size;
    private final int cap;
    private final int capMax;
    private final long minRest;
    private final long floor;
    private final int maxResting;

    private final int[] order;
    private final int[] position;

    /**
     * Region r is order[regionStart[r] .. regionStart[r + 1]); the last one is all above capMax.
     */
    private final int[] regionStart;

    private final int[] newer;
    private final int[] older;
    private final char[] load;
    private final byte[] flags;
    private final byte[] empty;
    private final long[] releasedAt;

    private int oldest = NONE;
    private int newest = NONE;
    private int firstResting = NONE;
    private int firstUnfloored = NONE;

    /** Counted on their own, change by change, to be held against the regions' sizes. */
    private final int[] ledger = new int[State.values().length];

    private int totalLoad;

    /** How many slots carry so many sessions, set aside or not; what is above 0 counts. */
    private int[] withLoad;

    /** What a slot is counted as. */
    enum State {
        FREE,
        RESTING,
        IN_USE,
        SET_ASIDE
    }

    /** All slots free and never used. */
    Slots(int size, PoolConfig config) {
        this.size = size;
        cap = config.cap();
        capMax = config.capMax();
        minRest = config.minRestMillis();
        floor = config.ladder().shortenRestToMillis().orElse(Long.MAX_VALUE);
        maxResting = (int) (config.maxRestingShare() * size);
        order = new int[size];
        position = new int[size];
        regionStart = new int[FREE + capMax + 3];
        Arrays.fill(regionStart, FREE + 1, regionStart.length, size);
        newer = new int[size];
        older = new int[size];
        load = new char[size];
        flags = new byte[size];
        empty = new byte[size];
        releasedAt = new long[size];
        for (int slot = 0; slot < size; slot++) {
            order[slot] = slot;
            position[slot] = slot;
            empty[slot] = FREE;
            append(slot);
        }
        ledger[State.FREE.ordinal()] = size;
        withLoad = new int[capMax + 1];
    }

    int size() {
        return size;
    }

    int free() {
        return countIn(FREE);
    }

    int resting() {
        return countIn(RESTING) + countIn(FLOORED);
    }

    int inUse() {
        return size - regionStart[FREE + 1];
    }

    int setAside() {
        return countIn(ASIDE);
    }

    int totalLoad() {
        return totalLoad;
    }

    int load(int slot) {
        return load[slot];
    }

    boolean isSetAside(int slot) {
        return (flags[slot] & IS_ASIDE) != 0;
    }

    boolean used(int slot) {
        return (flags[slot] & USED) != 0;
    }

    boolean reported(int slot) {
        return (flags[slot] & REPORTED) != 0;
    }

    /** When the slot last lost a session, in milliseconds since 1970; meaningless if never used. */
    long releasedAt(int slot) {
        return releasedAt[slot];
    }

    /** Whether an empty slot has rested its whole time. */
    boolean rested(int slot, long now) {
        return !used(slot) || now - releasedAt[slot] >= minRest;
    }

    boolean isEligible(int slot) {
        int region = regionOf(slot);
        return region >= FREE && region < FREE + cap;
    }

    /** How many slots may be granted without bending a promise. */
    int eligibleCount() {
        return regionStart[FREE + cap] - regionStart[FREE];
    }

    int eligible(int n) {
        return order[regionStart[FREE] + n];
    }

    /** The smallest load, from 0, that an eligible slot carries. */
    int leastLoad() {
        return leastLoad(0, cap);
    }

    /**
     * The smallest load of at least {@code from} and below {@code to} that a slot carries, or to.
     */
    int leastLoad(int from, int to) {
        int least = from;
        while (least < to && countIn(FREE + least) == 0) {
            least++;
        }
        return least;
    }

    int countWithLoad(int carried) {
        return countIn(FREE + carried);
    }

    int withLoad(int carried, int n) {
        return order[regionStart[FREE + carried] + n];
    }

    /** How many slots rest that are past the hard floor and vouched for by their agent. */
    int flooredCount() {
        return countIn(FLOORED);
    }

    int floored(int n) {
        return order[regionStart[FLOORED] + n];
    }

    /** The free slot that emptied first; there must be one. */
    int longestRested() {
        return oldest;
    }

    /** How long until the next resting slot is free; all of the rest when none rests. */
    long untilNextFree(long now) {
        return firstResting == NONE ? minRest : releasedAt[firstResting] + minRest - now;
    }

    /** Lets rest be over where it is. Call it before any question about what is eligible. */
    void advance(long now) {
        while (firstResting != NONE
                && (now - releasedAt[firstResting] >= minRest || resting() > maxResting)) {
            int slot = firstResting;
            firstResting = newer[slot];
            if (firstUnfloored == slot) {
                firstUnfloored = newer[slot];
            }
            becomeEmpty(slot, FREE);
        }
        while (firstUnfloored != NONE && now - releasedAt[firstUnfloored] >= floor) {
            int slot = firstUnfloored;
            firstUnfloored = newer[slot];
            if (reported(slot)) {
                becomeEmpty(slot, FLOORED);
            }
        }
    }

    void grant(int slot) {
        count(slot, -1);
        int from = regionOf(slot);
        if (load[slot] == 0 && !isSetAside(slot)) {
            unlink(slot);
        }
        load[slot]++;
        totalLoad++;
        countLoad(load[slot] - 1, load[slot]);
        move(slot, from, regionOf(slot));
        count(slot, 1);
    }

    /** One session leaves the slot; if it was the last, the slot rests from now. */
    void release(int slot, long now, boolean reported) {
        Invariant.check(load[slot] > 0, "a slot without sessions loses one");
        count(slot, -1);
        int from = regionOf(slot);
        load[slot]--;
        totalLoad--;
        countLoad(load[slot] + 1, load[slot]);
        markReleased(slot, now, reported);
        if (load[slot] == 0 && !isSetAside(slot)) {
            empty[slot] = RESTING;
            append(slot);
            firstResting = firstResting == NONE ? slot : firstResting;
            firstUnfloored = firstUnfloored == NONE ? slot : firstUnfloored;
        }
        move(slot, from, regionOf(slot));
        count(slot, 1);
    }

    /** While a pool is put together: the slot must not be granted. */
    void setAside(int slot) {
        if (isSetAside(slot)) {
            return;
        }
        count(slot, -1);
        int from = regionOf(slot);
        if (load[slot] == 0) {
            unlink(slot);
        }
        flags[slot] |= IS_ASIDE;
        move(slot, from, ASIDE);
        count(slot, 1);
    }

    /** While a pool is put together: when the slot last lost a session. {@link #settle} follows. */
    void markReleased(int slot, long at, boolean reported) {
        flags[slot] |= USED;
        flags[slot] = (byte) (reported ? flags[slot] | REPORTED : flags[slot] & ~REPORTED);
        releasedAt[slot] = at;
    }

    /**
     * While a pool is put together: orders the empty slots by when they emptied, and lets all of
     * them rest that were ever used; {@link #advance} then frees whose rest is over.
     */
    void settle() {
        oldest = NONE;
        newest = NONE;
        firstResting = NONE;
        IntStream.range(0, size)
                .filter(slot -> load[slot] == 0 && !isSetAside(slot))
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingLong(
                                        slot -> used(slot) ? releasedAt[slot] : Long.MIN_VALUE)
                                .thenComparingInt(slot -> slot))
                .forEach(
                        slot -> {
                            append(slot);
                            if (used(slot)) {
                                becomeEmpty(slot, RESTING);
                                firstResting = firstResting == NONE ? slot : firstResting;
                            }
                        });
        firstUnfloored = firstResting;
    }

    /** That the books add up: {@code free + resting + in use + set aside = slots}, both ways. */
    void check() {
        Invariant.check(
                ledger[State.FREE.ordinal()] == free()
                        && ledger[State.RESTING.ordinal()] == resting()
                        && ledger[State.IN_USE.ordinal()] == inUse()
                        && ledger[State.SET_ASIDE.ordinal()] == setAside(),
                "free, resting, in use and set aside slots do not agree with their ledger");
        Invariant.check(
                free() + resting() + inUse() + setAside() == size,
                "free + resting + in use + set aside is not the number of slots");
    }

    State state(int slot) {
        if (isSetAside(slot)) {
            return State.SET_ASIDE;
        }
        if (load[slot] > 0) {
            return State.IN_USE;
        }
        return empty[slot] == FREE ? State.FREE : State.RESTING;
    }

    /** How many slots carry 1, 2, 3 and so on sessions, set aside or not; no zero at its end. */
    List<Integer> loads() {
        int most = withLoad.length;
        while (most > 1 && withLoad[most - 1] == 0) {
            most--;
        }
        return IntStream.range(1, most).mapToObj(carried -> withLoad[carried]).toList();
    }

    /** One byte a slot, high 2 bits the state, low 6 the load; none if there are more than most. */
    Optional<byte[]> map(int most) {
        if (size > most) {
            return Optional.empty();
        }
        byte[] map = new byte[size];
        for (int slot = 0; slot < size; slot++) {
            map[slot] = (byte) (state(slot).ordinal() << 6 | Math.min(load[slot], 63));
        }
        return Optional.of(map);
    }

    private void count(int slot, int by) {
        ledger[state(slot).ordinal()] += by;
    }

    private void countLoad(int before, int after) {
        if (after == withLoad.length) {
            withLoad = Arrays.copyOf(withLoad, 2 * after);
        }
        withLoad[before]--;
        withLoad[after]++;
    }

    private int countIn(int region) {
        return regionStart[region + 1] - regionStart[region];
    }

    private int regionOf(int slot) {
        if (isSetAside(slot)) {
            return ASIDE;
        }
        return load[slot] == 0 ? empty[slot] : FREE + Math.min(load[slot], capMax + 1);
    }

    private void becomeEmpty(int slot, int region) {
        count(slot, -1);
        int from = regionOf(slot);
        empty[slot] = (byte) region;
        move(slot, from, region);
        count(slot, 1);
    }

    /** Carries a slot from region to region, one swap for each border it crosses. */
    private void move(int slot, int from, int to) {
        for (int region = from; region < to; region++) {
            swap(position[slot], --regionStart[region + 1]);
        }
        for (int region = from; region > to; region--) {
            swap(position[slot], regionStart[region]++);
        }
    }

    private void swap(int a, int b) {
        int atA = order[a];
        int atB = order[b];
        order[a] = atB;
        order[b] = atA;
        position[atA] = b;
        position[atB] = a;
    }

    private void append(int slot) {
        older[slot] = newest;
        newer[slot] = NONE;
        if (newest == NONE) {
            oldest = slot;
        } else {
            newer[newest] = slot;
        }
        newest = slot;
    }

    private void unlink(int slot) {
        firstResting = firstResting == slot ? newer[slot] : firstResting;
        firstUnfloored = firstUnfloored == slot ? newer[slot] : firstUnfloored;
        if (older[slot] == NONE) {
            oldest = newer[slot];
        } else {
            newer[older[slot]] = newer[slot];
        }
        if (newer[slot] == NONE) {
            newest = older[slot];
        } else {
            older[newer[slot]] = older[slot];
        }
    }
}
