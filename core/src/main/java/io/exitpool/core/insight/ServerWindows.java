package io.exitpool.core.insight;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.insight.ServerSnapshot.OpenWindow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.PoolSize;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.Times;
import io.exitpool.core.stats.TimesTally;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.Occupancy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One server's windows, counted in one order: the decisions that a status counts, then the status.
 * A step is as much, and between steps the levels are those of the last status.
 *
 * <p>Time is that of the records. It closes windows as it passes their ends, with or without
 * decisions; a step's windows are final when its status was held against the decisions.
 */
final class ServerWindows {
    private final String server;
    private final StatsSettings settings;

    private final Levels levels = new Levels();
    private final WindowTally minute = new WindowTally();
    private final WindowTally hour = new WindowTally();
    private final TimesTally minuteTimes = new TimesTally();
    private final FactCounter counter = new FactCounter(minute, minuteTimes, levels);
    private final Deque<MinuteSums> ring = new ArrayDeque<>();

    private Times hourTimes = Times.NONE;
    private Times withheld = Times.NONE;
    private PoolStatus status;
    private long minuteStart;
    private long hourStart;
    private long clock;
    private long number;
    private long incompleteThrough;

    // Of the step at hand.
    private List<WindowStats> closed = new ArrayList<>();
    private Optional<WindowStats> closedHour = Optional.empty();
    private boolean gap;
    private long gapSince;
    private long lost;

    // Follows from the rest.
    private Place place;
    private List<MinuteSums> closedMinutes = List.of();
    private Optional<PoolSize> loadSize = Optional.empty();
    private Optional<Load> load = Optional.empty();

    /**
     * What a step came to.
     *
     * @param closed windows that are final, in the order of their ends, a minute before its hour
     * @param exhausted attempts that found the pool exhausted
     * @param passedMillis since the step before; nothing when it was too long ago
     * @param lost decisions that were never seen
     * @param settled whether decisions and status agreed and none was lost
     */
    record Step(
            List<WindowStats> closed,
            Optional<WindowStats> closedHour,
            long exhausted,
            long passedMillis,
            long lost,
            boolean settled) {}

    /** A server that was first seen in this status; what it counts was decided before. */
    ServerWindows(String server, StatsSettings settings, PoolStatus first) {
        this.server = server;
        this.settings = settings;
        status = first;
        place = Place.of(server, first.targets());
        clock = first.watermark();
        number = first.decisions();
        incompleteThrough = clock;
        minuteStart = Window.of(clock, settings.minuteMillis()).start();
        hourStart = Window.of(clock, settings.hourMillis()).start();
        minute.markIncomplete();
        hour.markIncomplete();
        levels.settle(first);
    }

    ServerWindows(String server, StatsSettings settings, ServerSnapshot snapshot) {
        this.server = server;
        this.settings = settings;
        status = snapshot.status();
        place = Place.of(server, status.targets());
        clock = snapshot.clock();
        number = snapshot.number();
        incompleteThrough = snapshot.incompleteThrough();
        minuteStart = snapshot.minute().start();
        minute.restore(snapshot.minute().tally());
        minuteTimes.restore(snapshot.minute().times());
        hourStart = snapshot.hour().start();
        hour.restore(snapshot.hour().tally());
        hourTimes = snapshot.hour().times();
        withheld = snapshot.withheld();
        ring.addAll(snapshot.ring());
        closedMinutes = List.copyOf(ring);
        levels.settle(status);
    }

    /** Number of the last decision that is counted. */
    long number() {
        return number;
    }

    Place place() {
        return place;
    }

    PoolStatus status() {
        return status;
    }

    /** The closed minutes of the sliding hour, oldest first. */
    List<MinuteSums> closedMinutes() {
        return closedMinutes;
    }

    /** A decision that the status at hand counts. */
    void fact(Fact fact) {
        // Numbers and times grow together; should they not, the numbers are right.
        long at = Math.max(fact.time(), clock);
        if (number > 0 || !isFirst(fact)) {
            lose(fact.number() - 1, at);
        }
        number = fact.number();
        advance(at);
        counter.count(fact);
    }

    /**
     * A pool's first decision is numbered by its microseconds; the status before it counts none.
     */
    private static boolean isFirst(Fact fact) {
        return fact.number() == fact.time() * 1_000 + 1;
    }

    /** The status, after the decisions that it counts. */
    Step finish(PoolStatus next) {
        long at = Math.max(next.watermark(), clock);
        lose(next.decisions(), at);
        number = Math.max(number, next.decisions());
        // What it ignored, it ignored before: the window that ends with it has that, too.
        advance(Math.max(clock, at - 1));
        minute.addIgnored(status.counters(), next.counters());
        advance(at);
        boolean agreed = levels.settle(next);
        if (!agreed) {
            doubt(at);
        }
        long passed = next.watermark() - status.watermark();
        if (!status.targets().equals(next.targets())) {
            place = Place.of(server, next.targets());
        }
        status = next;
        Step step =
                new Step(
                        closed,
                        closedHour,
                        counter.takeExhausted(),
                        passed <= settings.maxHeldMillis() ? passed : 0,
                        lost,
                        agreed && !gap);
        closed = new ArrayList<>();
        closedHour = Optional.empty();
        gap = false;
        lost = 0;
        return step;
    }

    /** The load of the sliding hour, for the pool as it is now. */
    Optional<Load> load() {
        Optional<PoolSize> size = Optional.of(PoolSize.of(status));
        if (!size.equals(loadSize)) {
            load = Load.estimate(closedMinutes, size.get());
            loadSize = size;
        }
        return load;
    }

    /** What the open minute adds so far. */
    MinuteSums open() {
        return new MinuteSums(
                minuteStart,
                minute.get(Count.COVERED_MILLIS),
                minute.get(Count.STARTS),
                minute.get(Count.EXHAUSTED_FIRST),
                minute.get(RejectCause.EXHAUSTED),
                minute.grants(),
                minute.bent(),
                minute.ends(),
                minute.get(Count.EMPTIED),
                minute.integral(Level.SESSIONS),
                taken(),
                PoolSize.of(status).places());
    }

    private long taken() {
        long resting = (long) status.resting() * status.cap();
        if (status.cap() == 1) {
            return resting + status.inUse();
        }
        long carrying = 0;
        for (int slots : status.loads()) {
            carrying += slots;
        }
        // Whose loads those are is not told: slots set aside are taken to carry as many as others.
        long sessions = carrying == 0 ? 0 : (long) status.sessions() * status.inUse() / carrying;
        return resting + Math.min(sessions, (long) status.inUse() * status.cap());
    }

    /**
     * Decisions up to this number were made until then; those that were not seen are lost, some
     * time since the last record. How many is not known when the pool began to count since then:
     * numbers begin at the microseconds since 1970.
     */
    private void lose(long upTo, long until) {
        if (upTo <= number) {
            return;
        }
        long missing = upTo < clock * 1_000 ? upTo - number : 0;
        gapSince = gap ? gapSince : clock;
        incomplete(until);
        advance(until);
        minute.add(Count.LOST, missing);
        lost += missing;
        gap = true;
    }

    /** The levels were wrong: since something was lost, or else at any time since the status. */
    private void doubt(long until) {
        long since = gap ? gapSince : status.watermark();
        UnaryOperator<WindowStats> marked =
                its -> its.window().end() > since ? its.asIncomplete() : its;
        closed.replaceAll(marked);
        closedHour = closedHour.map(marked);
        incomplete(until);
    }

    /** The open windows are incomplete, and those up to then will be. */
    private void incomplete(long until) {
        minute.markIncomplete();
        hour.markIncomplete();
        incompleteThrough = Math.max(incompleteThrough, until);
    }

    private void advance(long to) {
        long oldest =
                Window.of(to, settings.minuteMillis()).start()
                        - settings.maxCatchUpMinutes() * settings.minuteMillis();
        if (minuteStart + settings.minuteMillis() < oldest) {
            pass(minuteStart + settings.minuteMillis());
            closeMinute();
            skipTo(oldest);
        }
        while (to >= minuteStart + settings.minuteMillis()) {
            pass(minuteStart + settings.minuteMillis());
            closeMinute();
        }
        pass(to);
    }

    /** Lets the levels last until then, within the open minute. */
    private void pass(long to) {
        if (to > clock) {
            long known = Math.min(to, status.watermark() + settings.maxHeldMillis());
            minute.pass(levels, Math.max(0, known - clock));
            clock = to;
        }
    }

    private void closeMinute() {
        ring.addLast(open());
        if (ring.size() > StatsSettings.MINUTES_PER_HOUR) {
            ring.removeFirst();
        }
        closedMinutes = List.copyOf(ring);
        loadSize = Optional.empty();
        Times times = withheld.plus(minuteTimes.times());
        Times published = times.ofAtLeast(settings.k());
        withheld = times.ofFewerThan(settings.k());
        closed.add(stats(new Window(minuteStart, settings.minuteMillis()), minute, published));
        hour.addAll(minute);
        hourTimes = hourTimes.plus(published);
        minute.clear();
        minuteTimes.restore(Times.NONE);
        minuteStart += settings.minuteMillis();
        if (minuteStart == hourStart + settings.hourMillis()) {
            closeHour(minuteStart);
        }
        if (minuteStart <= incompleteThrough) {
            minute.markIncomplete();
            hour.markIncomplete();
        }
    }

    private void closeHour(long nextStart) {
        WindowStats stats = stats(new Window(hourStart, settings.hourMillis()), hour, hourTimes);
        closed.add(stats);
        closedHour = Optional.of(stats);
        hour.clear();
        hourTimes = Times.NONE;
        hourStart = nextStart;
    }

    /** Leaves out minutes that are too old to be told; the hours that they are in lack them. */
    private void skipTo(long start) {
        long hourOfStart = Window.of(start, settings.hourMillis()).start();
        if (hourOfStart != hourStart) {
            hour.markIncomplete();
            closeHour(hourOfStart);
        }
        hour.markIncomplete();
        minuteStart = start;
        clock = start;
    }

    private WindowStats stats(Window window, WindowTally tally, Times times) {
        return new WindowStats(
                server,
                window,
                place,
                1,
                List.of(),
                tally.incomplete(),
                tally.get(Count.COVERED_MILLIS),
                tally.traffic(),
                new Occupancy(
                        status.slots(),
                        PoolSize.of(status).places(),
                        tally.gauge(Level.SESSIONS),
                        tally.gauge(Level.IN_USE),
                        tally.gauge(Level.RESTING),
                        tally.gauge(Level.FREE),
                        tally.gauge(Level.SET_ASIDE)),
                load(),
                times.holds(),
                times.gaps(),
                times.lags(),
                tally.slotUse(),
                tally.crowd(),
                tally.get(Count.PTR_UPDATES),
                tally.ignored(),
                tally.get(Count.LOST));
    }

    /** The minute and the hour that are open. */
    OpenWindow openMinute() {
        return new OpenWindow(minuteStart, minute.state(), minuteTimes.times());
    }

    OpenWindow openHour() {
        return new OpenWindow(hourStart, hour.state(), hourTimes);
    }

    Times withheld() {
        return withheld;
    }

    long clock() {
        return clock;
    }

    long incompleteThrough() {
        return incompleteThrough;
    }
}
