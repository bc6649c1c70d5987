package io.exitpool.core.insight;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.WindowStats.Crowd;
import io.exitpool.core.stats.WindowStats.Gauge;
import io.exitpool.core.stats.WindowStats.SlotUse;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * One server's statistics recomputed from the whole list of its decisions and statuses, each figure
 * for itself by its definition, as slow as it may be: the oracle.
 */
final class NaiveServer {
    private static final long HELD = 30_000;

    private final List<Fact> facts;
    private final List<PoolStatus> statuses;
    private final TreeMap<Long, PoolStatus> byTime = new TreeMap<>();

    /** Slots by their loads, from each time on. */
    private final TreeMap<Long, Map<Integer, Integer>> loads = new TreeMap<>();

    NaiveServer(List<Fact> allFacts, List<PoolStatus> statuses) {
        this.statuses = statuses;
        PoolStatus first = statuses.get(0);
        long last = statuses.get(statuses.size() - 1).decisions();
        facts =
                allFacts.stream()
                        .filter(fact -> fact.number() > first.decisions() && fact.number() <= last)
                        .toList();
        statuses.forEach(status -> byTime.put(status.watermark(), status));
        Map<Integer, Integer> slots = new HashMap<>();
        for (int i = 0; i < first.loads().size(); i++) {
            slots.put(i + 1, first.loads().get(i));
        }
        loads.put(first.watermark(), Map.copyOf(slots));
        for (Fact fact : facts) {
            if (fact.outcome() instanceof Granted granted && !granted.repeated()) {
                slots.merge(granted.loadAfter() - 1, -1, Integer::sum);
                slots.merge(granted.loadAfter(), 1, Integer::sum);
            } else if (fact.outcome() instanceof Released released) {
                slots.merge(released.loadAfter() + 1, -1, Integer::sum);
                slots.merge(released.loadAfter(), 1, Integer::sum);
            }
            loads.put(fact.time(), Map.copyOf(slots));
        }
    }

    private List<Fact> in(long start, long end) {
        return facts.stream().filter(fact -> fact.time() >= start && fact.time() < end).toList();
    }

    private <T> List<T> outcomes(long start, long end, Class<T> type, Predicate<T> which) {
        return in(start, end).stream()
                .map(Fact::outcome)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .toList();
    }

    private List<Granted> fresh(long start, long end) {
        return outcomes(
                start, end, Granted.class, g -> !g.repeated() && g.choice() != Choice.ADOPTED);
    }

    Traffic traffic(long start, long end) {
        List<Granted> fresh = fresh(start, end);
        List<Rejected> rejected = outcomes(start, end, Rejected.class, r -> true);
        List<Rejected> dry =
                rejected.stream().filter(r -> r.cause() == RejectCause.EXHAUSTED).toList();
        long exhaustedFirst = dry.stream().filter(r -> r.attempt() == 0).count();
        return new Traffic(
                fresh.stream().filter(g -> g.attempt() == 0).count() + exhaustedFirst,
                fresh.stream().filter(g -> g.attempt() > 0).count()
                        + rejected.stream().filter(r -> r.attempt() > 0).count(),
                exhaustedFirst,
                by(Rung.values(), fresh, Granted::rung),
                fresh.stream().filter(g -> g.choice() == Choice.WANTED).count(),
                outcomes(
                                start,
                                end,
                                Granted.class,
                                g -> !g.repeated() && g.choice() == Choice.ADOPTED)
                        .size(),
                outcomes(start, end, Granted.class, Granted::repeated).size(),
                by(RejectCause.values(), rejected, Rejected::cause),
                by(
                        ReleaseCause.values(),
                        outcomes(start, end, Released.class, r -> true),
                        Released::cause));
    }

    private static <T, E> Map<E, Long> by(E[] keys, List<T> all, Function<T, E> key) {
        return Arrays.stream(keys)
                .collect(
                        Collectors.toMap(
                                k -> k,
                                k -> all.stream().filter(one -> key.apply(one) == k).count()));
    }

    // Levels

    private long decided(long at, ToLongFunction<Integer> ofLoad) {
        return loads.floorEntry(at).getValue().entrySet().stream()
                .filter(entry -> entry.getKey() > 0)
                .mapToLong(entry -> ofLoad.applyAsLong(entry.getKey()) * entry.getValue())
                .sum();
    }

    private boolean covered(long at) {
        Long told = byTime.floorKey(at);
        return told != null && at < told + HELD;
    }

    /** Times at which anything changes, so that all is level from one to the next. */
    private TreeSet<Long> steps(long start, long end) {
        TreeSet<Long> steps = new TreeSet<>();
        steps.add(Math.max(start, statuses.get(0).watermark()));
        steps.add(end);
        steps.addAll(loads.subMap(start, end).keySet());
        steps.addAll(byTime.subMap(start, end).keySet());
        byTime.subMap(start - HELD, end).keySet().forEach(told -> steps.add(told + HELD));
        return new TreeSet<>(steps.subSet(steps.first(), true, end, true));
    }

    long coveredMillis(long start, long end) {
        return integral(start, end, at -> 1);
    }

    private long integral(long start, long end, ToLongFunction<Long> level) {
        long sum = 0;
        long from = -1;
        for (long to : steps(start, end)) {
            if (from >= 0 && from >= start && covered(from)) {
                sum += level.applyAsLong(from) * (to - from);
            }
            from = to;
        }
        return sum;
    }

    private Gauge gauge(long start, long end, boolean always, ToLongFunction<Long> level) {
        long covered = coveredMillis(start, end);
        long peak = 0;
        for (long at : steps(start, end).headSet(end)) {
            peak =
                    at >= start && (always || covered(at))
                            ? Math.max(peak, level.applyAsLong(at))
                            : peak;
        }
        // To the nearest thousandth, halves up.
        long mean =
                covered == 0 ? 0 : (2_000 * integral(start, end, level) + covered) / (2 * covered);
        return new Gauge(mean, peak);
    }

    Gauge sessions(long start, long end) {
        return gauge(start, end, true, at -> decided(at, load -> load));
    }

    Gauge inUse(long start, long end) {
        return gauge(start, end, true, at -> decided(at, load -> 1));
    }

    Gauge told(long start, long end, ToLongFunction<PoolStatus> level) {
        return gauge(start, end, false, at -> level.applyAsLong(byTime.floorEntry(at).getValue()));
    }

    Crowd crowd(long start, long end) {
        return new Crowd(
                integral(start, end, at -> decided(at, load -> load)),
                integral(start, end, at -> decided(at, load -> load == 1 ? 1 : 0)),
                integral(start, end, at -> decided(at, load -> (long) load * load)));
    }

    PoolStatus lastStatus(long end) {
        Map.Entry<Long, PoolStatus> before = byTime.lowerEntry(end);
        return before == null ? statuses.get(0) : before.getValue();
    }

    // Times

    List<Long> holds(long start, long end) {
        List<Long> holds = new ArrayList<>();
        for (Fact fact : in(start, end)) {
            if (fact.outcome() instanceof Released released
                    && released.cause() != ReleaseCause.PASSED_ON) {
                holds.add(Math.max(0, fact.time() - released.grantedAt() * 1_000));
            }
        }
        return holds;
    }

    List<Long> gaps(long start, long end) {
        return fresh(start, end).stream()
                .filter(granted -> granted.gapMillis().isPresent())
                .map(granted -> granted.gapMillis().getAsLong())
                .toList();
    }

    List<Long> lags(long start, long end) {
        return in(start, end).stream()
                .filter(fact -> fact.lagMillis().isPresent())
                .map(fact -> fact.lagMillis().getAsLong())
                .toList();
    }

    // The rest

    SlotUse slotUse(long start, long end) {
        Map<Integer, Long> g =
                fresh(start, end).stream()
                        .collect(Collectors.groupingBy(Granted::slot, Collectors.counting()));
        return new SlotUse(
                g.values().stream().mapToLong(n -> n).sum(),
                g.size(),
                g.values().stream().mapToLong(n -> n).max().orElse(0),
                g.values().stream().mapToLong(n -> n * n).sum(),
                g.values().stream()
                        .mapToLong(
                                n ->
                                        Math.round(
                                                n
                                                        * StrictMath.log(n)
                                                        / StrictMath.log(2)
                                                        * 1048576))
                        .sum());
    }

    long ptrUpdates(long start, long end) {
        return fresh(start, end).stream()
                .filter(granted -> granted.loadAfter() == 1)
                .mapToLong(
                        granted ->
                                (granted.addresses().hasV4() ? 1 : 0)
                                        + (granted.addresses().hasV6() ? 1 : 0))
                .sum();
    }

    /** Of the statuses whose last millisecond is in the window. */
    long ignored(long start, long end, ToLongFunction<PoolCounters> counter) {
        long sum = 0;
        for (int i = 1; i < statuses.size(); i++) {
            PoolStatus before = statuses.get(i - 1);
            PoolStatus status = statuses.get(i);
            long at = status.watermark();
            boolean upTo =
                    before.watermark() == at
                            || facts.stream()
                                    .anyMatch(
                                            fact ->
                                                    fact.time() == at
                                                            && fact.number() <= status.decisions());
            long last = upTo ? at : at - 1;
            if (last >= start && last < end) {
                sum +=
                        counter.applyAsLong(status.counters())
                                - counter.applyAsLong(before.counters());
            }
        }
        return sum;
    }

    MinuteSums sums(long start, long end) {
        Traffic traffic = traffic(start, end);
        List<Released> ends =
                outcomes(start, end, Released.class, r -> r.cause() != ReleaseCause.PASSED_ON);
        PoolStatus status = lastStatus(end);
        long places = (long) (status.slots() - status.setAside()) * status.cap();
        return new MinuteSums(
                start,
                coveredMillis(start, end),
                traffic.starts(),
                traffic.exhaustedFirst(),
                traffic.rejections().get(RejectCause.EXHAUSTED),
                fresh(start, end).size(),
                traffic.grants().get(Rung.REST_CAPPED) + traffic.grants().get(Rung.REST_SHORTENED),
                ends.size(),
                ends.stream().filter(released -> released.loadAfter() == 0).count(),
                crowd(start, end).sessionMillis(),
                0,
                places);
    }
}
