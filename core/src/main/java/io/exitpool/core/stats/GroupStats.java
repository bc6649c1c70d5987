package io.exitpool.core.stats;

import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.stats.WindowStats.Crowd;
import io.exitpool.core.stats.WindowStats.Occupancy;
import io.exitpool.core.stats.WindowStats.SlotUse;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one window of those of many servers. Times are merged from what the servers published, so
 * that whatever is left of a group after its published members are taken out is of k or more, too.
 */
public final class GroupStats {
    private GroupStats() {}

    /**
     * The group's window.
     *
     * @param key such as {@code country/se}
     * @param members statistics of the same window, one or more, sorted by server
     * @param missing names of servers whose statistics are not among them, sorted
     */
    public static WindowStats merge(
            String key, Place place, List<WindowStats> members, List<String> missing) {
        WindowStats sum = members.get(0);
        List<Load> loads = new ArrayList<>();
        sum.load().ifPresent(loads::add);
        for (WindowStats member : members.subList(1, members.size())) {
            member.load().ifPresent(loads::add);
            sum = plus(sum, member);
        }
        return new WindowStats(
                key,
                sum.window(),
                place,
                sum.servers(),
                List.copyOf(missing),
                sum.incomplete(),
                sum.coveredMillis(),
                sum.traffic(),
                sum.occupancy(),
                Load.merge(loads),
                sum.holds(),
                sum.gaps(),
                sum.lags(),
                sum.slotUse(),
                sum.crowd(),
                sum.ptrUpdates(),
                sum.ignored(),
                sum.lostDecisions());
    }

    private static WindowStats plus(WindowStats a, WindowStats b) {
        Times times =
                new Times(a.holds(), a.gaps(), a.lags())
                        .plus(new Times(b.holds(), b.gaps(), b.lags()));
        return new WindowStats(
                a.key(),
                a.window(),
                a.place(),
                a.servers() + b.servers(),
                a.missingServers(),
                a.incomplete() || b.incomplete(),
                Math.min(a.coveredMillis(), b.coveredMillis()),
                plus(a.traffic(), b.traffic()),
                plus(a.occupancy(), b.occupancy()),
                a.load(),
                times.holds(),
                times.gaps(),
                times.lags(),
                plus(a.slotUse(), b.slotUse()),
                plus(a.crowd(), b.crowd()),
                a.ptrUpdates() + b.ptrUpdates(),
                plus(a.ignored(), b.ignored()),
                a.lostDecisions() + b.lostDecisions());
    }

    private static Traffic plus(Traffic a, Traffic b) {
        return new Traffic(
                a.starts() + b.starts(),
                a.retries() + b.retries(),
                a.exhaustedFirst() + b.exhaustedFirst(),
                plus(a.grants(), b.grants()),
                a.wanted() + b.wanted(),
                a.adopted() + b.adopted(),
                a.repeated() + b.repeated(),
                plus(a.rejections(), b.rejections()),
                plus(a.releases(), b.releases()));
    }

    private static <E extends Enum<E>> Map<E, Long> plus(Map<E, Long> a, Map<E, Long> b) {
        if (a.isEmpty()) {
            return b;
        }
        Map<E, Long> sum = new EnumMap<>(a);
        b.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return Collections.unmodifiableMap(sum);
    }

    private static Occupancy plus(Occupancy a, Occupancy b) {
        return new Occupancy(
                a.slots() + b.slots(),
                a.places() + b.places(),
                a.sessions().plus(b.sessions()),
                a.inUse().plus(b.inUse()),
                a.resting().plus(b.resting()),
                a.free().plus(b.free()),
                a.setAside().plus(b.setAside()));
    }

    private static SlotUse plus(SlotUse a, SlotUse b) {
        return new SlotUse(
                a.grants() + b.grants(),
                a.distinct() + b.distinct(),
                Math.max(a.most(), b.most()),
                a.sumSquares() + b.sumSquares(),
                a.sumGLogG() + b.sumGLogG());
    }

    private static Crowd plus(Crowd a, Crowd b) {
        return new Crowd(
                a.sessionMillis() + b.sessionMillis(),
                a.aloneMillis() + b.aloneMillis(),
                a.crowdMillis() + b.crowdMillis());
    }

    private static PoolCounters plus(PoolCounters a, PoolCounters b) {
        return new PoolCounters(
                a.duplicates() + b.duplicates(),
                a.staleEpochs() + b.staleEpochs(),
                a.unknownEnds() + b.unknownEnds(),
                a.adoptionConflicts() + b.adoptionConflicts(),
                a.incompleteSnapshots() + b.incompleteSnapshots(),
                a.skewedClocks() + b.skewedClocks(),
                a.deadLetters() + b.deadLetters());
    }
}
