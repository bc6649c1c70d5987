package io.exitpool.core.insight;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.insight.ServerSnapshot.TallyState;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.stats.WindowStats.Crowd;
import io.exitpool.core.stats.WindowStats.Gauge;
import io.exitpool.core.stats.WindowStats.SlotUse;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What is counted in one window while it is open. */
final class WindowTally {
    private static final int IGNORED = 7;

    private final long[] counts = new long[Count.values().length];
    private final long[] grants = new long[Rung.values().length];
    private final long[] rejections = new long[RejectCause.values().length];
    private final long[] releases = new long[ReleaseCause.values().length];
    private final long[] integrals = new long[Level.values().length];
    private final long[] peaks = new long[Level.values().length];
    private final long[] ignored = new long[IGNORED];
    private final SlotGrants slots = new SlotGrants();
    private boolean incomplete;

    void add(Count count) {
        counts[count.ordinal()]++;
    }

    void add(Count count, long n) {
        counts[count.ordinal()] += n;
    }

    void addGrant(Rung rung, int slot) {
        grants[rung.ordinal()]++;
        slots.add(slot, 1);
    }

    void add(RejectCause cause) {
        rejections[cause.ordinal()]++;
    }

    void add(ReleaseCause cause) {
        releases[cause.ordinal()]++;
    }

    void markIncomplete() {
        incomplete = true;
    }

    /**
     * The levels last for so long. What decisions say is known all that time, what statuses say
     * only as long as they cover it; means are over the covered time.
     */
    void pass(Levels levels, long covered) {
        counts[Count.COVERED_MILLIS.ordinal()] += covered;
        int known = covered > 0 ? peaks.length : Level.DECIDED;
        for (int level = 0; level < known; level++) {
            long now = levels.at(level);
            integrals[level] += now * covered;
            peaks[level] = Math.max(peaks[level], now);
        }
    }

    /** What the counters grew by; one that went down began anew. */
    void addIgnored(PoolCounters before, PoolCounters after) {
        long[] was = list(before);
        long[] is = list(after);
        for (int i = 0; i < IGNORED; i++) {
            ignored[i] += is[i] >= was[i] ? is[i] - was[i] : is[i];
        }
    }

    /** A window that is part of this one. */
    void addAll(WindowTally part) {
        plus(counts, part.counts);
        plus(grants, part.grants);
        plus(rejections, part.rejections);
        plus(releases, part.releases);
        plus(integrals, part.integrals);
        plus(ignored, part.ignored);
        for (int level = 0; level < peaks.length; level++) {
            peaks[level] = Math.max(peaks[level], part.peaks[level]);
        }
        slots.addAll(part.slots);
        incomplete |= part.incomplete;
    }

    void clear() {
        for (long[] all : all()) {
            Arrays.fill(all, 0);
        }
        slots.clear();
        incomplete = false;
    }

    long get(Count count) {
        return counts[count.ordinal()];
    }

    long get(RejectCause cause) {
        return rejections[cause.ordinal()];
    }

    long integral(Level level) {
        return integrals[level.ordinal()];
    }

    boolean incomplete() {
        return incomplete;
    }

    /** New leases. */
    long grants() {
        return sum(grants);
    }

    /** New leases on slots whose rest was not over. */
    long bent() {
        return grants[Rung.REST_CAPPED.ordinal()] + grants[Rung.REST_SHORTENED.ordinal()];
    }

    /** Releases, but for leases that were passed on. */
    long ends() {
        return sum(releases) - releases[ReleaseCause.PASSED_ON.ordinal()];
    }

    Gauge gauge(Level level) {
        long covered = get(Count.COVERED_MILLIS);
        long mean = covered == 0 ? 0 : (1_000 * integral(level) + covered / 2) / covered;
        return new Gauge(mean, peaks[level.ordinal()]);
    }

    Traffic traffic() {
        return new Traffic(
                get(Count.STARTS),
                get(Count.RETRIES),
                get(Count.EXHAUSTED_FIRST),
                byName(Rung.class, grants),
                get(Count.WANTED),
                get(Count.ADOPTED),
                get(Count.REPEATED),
                byName(RejectCause.class, rejections),
                byName(ReleaseCause.class, releases));
    }

    SlotUse slotUse() {
        return slots.use();
    }

    Crowd crowd() {
        return new Crowd(integral(Level.SESSIONS), integral(Level.ALONE), integral(Level.SQUARES));
    }

    PoolCounters ignored() {
        return new PoolCounters(
                ignored[0], ignored[1], ignored[2], ignored[3], ignored[4], ignored[5], ignored[6]);
    }

    TallyState state() {
        int[] ids = slots.slots();
        return new TallyState(
                incomplete,
                counts.clone(),
                grants.clone(),
                rejections.clone(),
                releases.clone(),
                integrals.clone(),
                peaks.clone(),
                ignored.clone(),
                ids,
                Arrays.stream(ids).mapToLong(slots::grantsOf).toArray());
    }

    void restore(TallyState state) {
        clear();
        plus(counts, state.counts());
        plus(grants, state.grants());
        plus(rejections, state.rejections());
        plus(releases, state.releases());
        plus(integrals, state.integrals());
        plus(peaks, state.peaks());
        plus(ignored, state.ignored());
        for (int i = 0; i < state.slots().length; i++) {
            slots.add(state.slots()[i], state.slotGrants()[i]);
        }
        incomplete = state.incomplete();
    }

    private long[][] all() {
        return new long[][] {counts, grants, rejections, releases, integrals, peaks, ignored};
    }

    private static long[] list(PoolCounters counters) {
        return new long[] {
            counters.duplicates(),
            counters.staleEpochs(),
            counters.unknownEnds(),
            counters.adoptionConflicts(),
            counters.incompleteSnapshots(),
            counters.skewedClocks(),
            counters.deadLetters()
        };
    }

    /** Of an array as long or shorter. */
    private static void plus(long[] to, long[] from) {
        for (int i = 0; i < from.length; i++) {
            to[i] += from[i];
        }
    }

    private static long sum(long[] parts) {
        long sum = 0;
        for (long part : parts) {
            sum += part;
        }
        return sum;
    }

    /** Every constant has its count, be it 0, so that records of the same figures are equal. */
    private static <E extends Enum<E>> Map<E, Long> byName(Class<E> type, long[] byOrdinal) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            map.put(constant, byOrdinal[constant.ordinal()]);
        }
        return Collections.unmodifiableMap(map);
    }
}
