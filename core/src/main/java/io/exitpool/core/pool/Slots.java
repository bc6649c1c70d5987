package io.exitpool.core.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The slots of one pool: what each carries, how long it has been empty, and which may be granted,
 * every question answered in a constant number of steps. 28 bytes a slot, where those that are read
 * together lie together: in a large pool an event costs what its cache misses cost.
 *
 * <p>Three structures over flat arrays:
 *
 * <ul>
 *   <li>the {@link Regions}: set aside, floored (resting, but past the ladder's hard floor and
 *       vouched for), resting, free, and one for each load from 1 up. What is eligible is one
 *       stretch of them, free up to load cap - 1, so that a uniform choice is one random number.
 *   <li>the {@link IdleList}, all empty slots that are not set aside, in the order in which they
 *       emptied: the free ones are a prefix of it, because all rest equally long.
 *   <li>two cursors into it, to the first slot that still rests and to the first that was not yet
 *       held against the hard floor; {@link #advance} moves them with time.
 * </ul>
 */
final class Slots {
    private static final int NONE = IdleList.NONE;

    private static final int ASIDE = 0;
    private static final int FLOORED = 1;
    private static final int RESTING = 2;
    private static final int FREE = 3;

    /** This region and all above it. */
    private static final int IN_USE = 4;

    private static final int LOAD = 0xffff;
    private static final int IS_ASIDE = 1 << 16;
    private static final int USED = 1 << 17;
    private static final int REPORTED = 1 << 18;
    private static final int EMPTY_SHIFT = 19;

    private final int size;
    private final int cap;
    private final int capMax;
    private final long minRest;
    private final long floor;
    private final int maxResting;

    /** The last region is all loads above capMax. */
    private final Regions regions;

    private final IdleList idle;

    /** Of each slot its load, flags, and the region it is in while it is empty. */
    private final int[] cells;

    private final long[] releasedAt;

    private int firstResting = NONE;
    private int firstUnfloored = NONE;

    /**
     * Slots of each region, those in use together: counted on their own, change by change, to be
     * held against the regions' sizes.
     */
    private final int[] ledger = new int[IN_USE + 1];

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
        regions = new Regions(size, FREE + capMax + 2, FREE);
        idle = new IdleList(size);
        cells = new int[size];
        Arrays.fill(cells, FREE << EMPTY_SHIFT);
        releasedAt = new long[size];
        for (int slot = 0; slot < size; slot++) {
            idle.append(slot);
        }
        ledger[FREE] = size;
        withLoad = new int[capMax + 1];
    }

    int size() {
        return size;
    }

    int free() {
        return regions.count(FREE);
    }

    int resting() {
        return regions.count(FLOORED, FREE);
    }

    int inUse() {
        return regions.count(IN_USE, FREE + capMax + 2);
    }

    int setAside() {
        return regions.count(ASIDE);
    }

    int totalLoad() {
        return totalLoad;
    }

    int load(int slot) {
        return cells[slot] & LOAD;
    }

    boolean used(int slot) {
        return (cells[slot] & USED) != 0;
    }

    boolean reported(int slot) {
        return (cells[slot] & REPORTED) != 0;
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
        int region = regionOf(cells[slot]);
        return region >= FREE && region < FREE + cap;
    }

    /** How many slots may be granted without bending a promise. */
    int eligibleCount() {
        return regions.count(FREE, FREE + cap);
    }

    int eligible(int n) {
        return regions.at(FREE, n);
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
        while (least < to && countWithLoad(least) == 0) {
            least++;
        }
        return least;
    }

    int countWithLoad(int carried) {
        return regions.count(FREE + carried);
    }

    int withLoad(int carried, int n) {
        return regions.at(FREE + carried, n);
    }

    /** How many slots rest that are past the hard floor and vouched for by their agent. */
    int flooredCount() {
        return regions.count(FLOORED);
    }

    int floored(int n) {
        return regions.at(FLOORED, n);
    }

    /** The free slot that emptied first; there must be one. */
    int longestRested() {
        return idle.oldest();
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
            firstResting = idle.after(slot);
            if (firstUnfloored == slot) {
                firstUnfloored = firstResting;
            }
            becomeEmpty(slot, FREE);
        }
        while (firstUnfloored != NONE && now - releasedAt[firstUnfloored] >= floor) {
            int slot = firstUnfloored;
            firstUnfloored = idle.after(slot);
            if (reported(slot)) {
                becomeEmpty(slot, FLOORED);
            }
        }
    }

    void grant(int slot) {
        int cell = cells[slot];
        int carried = cell & LOAD;
        Invariant.check(carried < LOAD, "a slot carries more sessions than can be counted");
        int from = regionOf(cell);
        if (from != ASIDE && carried == 0) {
            leaveIdle(slot);
        }
        totalLoad++;
        countLoad(carried, carried + 1);
        become(slot, from, cell + 1);
    }

    /** One session leaves the slot; if it was the last, the slot rests from now. */
    void release(int slot, long now, boolean reported) {
        int cell = cells[slot];
        int carried = cell & LOAD;
        Invariant.check(carried > 0, "a slot without sessions loses one");
        int from = regionOf(cell);
        totalLoad--;
        countLoad(carried, carried - 1);
        releasedAt[slot] = now;
        cell = released(cell - 1, reported);
        if (from != ASIDE && carried == 1) {
            cell = emptied(cell, RESTING);
            idle.append(slot);
            firstResting = firstResting == NONE ? slot : firstResting;
            firstUnfloored = firstUnfloored == NONE ? slot : firstUnfloored;
        }
        become(slot, from, cell);
    }

    /** While a pool is put together: the slot must not be granted. */
    void setAside(int slot) {
        int cell = cells[slot];
        int from = regionOf(cell);
        if (from == ASIDE) {
            return;
        }
        if ((cell & LOAD) == 0) {
            leaveIdle(slot);
        }
        become(slot, from, cell | IS_ASIDE);
    }

    /** While a pool is put together: when the slot last lost a session. {@link #settle} follows. */
    void markReleased(int slot, long at, boolean reported) {
        cells[slot] = released(cells[slot], reported);
        releasedAt[slot] = at;
    }

    /**
     * While a pool is put together: orders the empty slots by when they emptied, and lets all of
     * them rest that were ever used; {@link #advance} then frees whose rest is over.
     */
    void settle() {
        idle.clear();
        firstResting = NONE;
        IntStream.range(0, size)
                .filter(slot -> (cells[slot] & (LOAD | IS_ASIDE)) == 0)
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingLong(
                                        slot -> used(slot) ? releasedAt[slot] : Long.MIN_VALUE)
                                .thenComparingInt(slot -> slot))
                .forEach(
                        slot -> {
                            idle.append(slot);
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
                ledger[FREE] == free()
                        && ledger[RESTING] + ledger[FLOORED] == resting()
                        && ledger[IN_USE] == inUse()
                        && ledger[ASIDE] == setAside(),
                "free, resting, in use and set aside slots do not agree with their ledger");
        Invariant.check(
                free() + resting() + inUse() + setAside() == size,
                "free + resting + in use + set aside is not the number of slots");
    }

    State state(int slot) {
        return switch (kind(regionOf(cells[slot]))) {
            case ASIDE -> State.SET_ASIDE;
            case FREE -> State.FREE;
            case IN_USE -> State.IN_USE;
            default -> State.RESTING;
        };
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
            map[slot] = (byte) (state(slot).ordinal() << 6 | Math.min(load(slot), 63));
        }
        return Optional.of(map);
    }

    private void countLoad(int before, int after) {
        if (after == withLoad.length) {
            withLoad = Arrays.copyOf(withLoad, 2 * after);
        }
        withLoad[before]--;
        withLoad[after]++;
    }

    /** An empty slot enters another of the regions for empty ones. */
    private void becomeEmpty(int slot, int region) {
        int cell = cells[slot];
        become(slot, regionOf(cell), emptied(cell, region));
    }

    /** The slot leaves a region, and is in the one that its new cell says. */
    private void become(int slot, int from, int cell) {
        int to = regionOf(cell);
        cells[slot] = cell;
        ledger[kind(from)]--;
        ledger[kind(to)]++;
        regions.move(slot, from, to);
    }

    private void leaveIdle(int slot) {
        firstResting = firstResting == slot ? idle.after(slot) : firstResting;
        firstUnfloored = firstUnfloored == slot ? idle.after(slot) : firstUnfloored;
        idle.remove(slot);
    }

    private int regionOf(int cell) {
        if ((cell & IS_ASIDE) != 0) {
            return ASIDE;
        }
        int carried = cell & LOAD;
        return carried == 0 ? cell >>> EMPTY_SHIFT : FREE + Math.min(carried, capMax + 1);
    }

    private static int kind(int region) {
        return Math.min(region, IN_USE);
    }

    private static int released(int cell, boolean reported) {
        return (reported ? cell | REPORTED : cell & ~REPORTED) | USED;
    }

    private static int emptied(int cell, int region) {
        return cell & ~(-1 << EMPTY_SHIFT) | region << EMPTY_SHIFT;
    }
}
