package io.exitpool.core.alert;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Targets;
import io.exitpool.core.stats.ErlangB;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A situation to be filled in; untouched it is a calm pool of 60 slots of which all is known. */
final class Draft {
    static final long MINUTE = 60_000;
    static final long START = 1_767_225_600_000L;

    long at = START;
    long passed = 1_000;
    long exhausted;
    int slots = 60;
    int setAside;
    int retiring;
    int cap = 1;
    long silentMillis = 1_000;
    double target = 0.001;
    double holdMillis = 1;
    double restMillis;
    boolean configured = true;
    boolean synced = true;
    Optional<String> failed = Optional.empty();
    List<MinuteSums> hour = new ArrayList<>();
    MinuteSums open = minute(START, 60_000, 0, 0, 0);
    Optional<Load> load = Optional.empty();
    Optional<WindowStats> closedHour = Optional.empty();

    /** A minute in which all starts are granted. */
    static MinuteSums minute(long start, long covered, long starts, long ends, long taken) {
        return new MinuteSums(start, covered, starts, 0, 0, starts, 0, ends, ends, 0, taken, 60);
    }

    static MinuteSums bent(long start, long grants, long bent) {
        return new MinuteSums(start, 60_000, grants, 0, 0, grants, bent, 0, 0, 0, 0, 60);
    }

    static MinuteSums rejecting(long start, long starts, long rejected) {
        return new MinuteSums(
                start, 60_000, starts, rejected, rejected, starts - rejected, 0, 0, 0, 0, 60, 60);
    }

    /** Sixty calm minutes before the open one. */
    Draft calmHour(long startsAMinute) {
        hour.clear();
        for (int i = 60; i >= 1; i--) {
            hour.add(minute(START - i * MINUTE, 60_000, startsAMinute, startsAMinute, 30));
        }
        return this;
    }

    Draft load(double erlangs) {
        return load(erlangs, 0, -1);
    }

    Draft load(double erlangs, double observed, double excessLow) {
        long places = (long) (slots - setAside) * cap;
        double blocking = ErlangB.blocking(erlangs, places);
        load =
                Optional.of(
                        new Load(
                                60,
                                1,
                                holdMillis,
                                restMillis,
                                erlangs,
                                places,
                                blocking,
                                observed,
                                observed - blocking,
                                excessLow,
                                1,
                                target,
                                ErlangB.places(erlangs, target) / cap,
                                ErlangB.load(places, target)));
        return this;
    }

    Draft closedHour(long grants, long most, long wanted, double meanFree) {
        WindowStats.Gauge none = new WindowStats.Gauge(0, 0);
        closedHour =
                Optional.of(
                        new WindowStats(
                                "se-sto-wg-001",
                                Window.of(START - 60 * MINUTE, 60 * MINUTE),
                                new Place(Optional.of("se"), Optional.of("sto")),
                                1,
                                List.of(),
                                false,
                                60 * MINUTE,
                                new WindowStats.Traffic(
                                        grants,
                                        0,
                                        0,
                                        Map.of(Rung.REGULAR, grants),
                                        wanted,
                                        0,
                                        0,
                                        Map.<RejectCause, Long>of(),
                                        Map.<ReleaseCause, Long>of()),
                                new WindowStats.Occupancy(
                                        slots,
                                        slots,
                                        none,
                                        none,
                                        none,
                                        new WindowStats.Gauge(Math.round(meanFree * 1_000), slots),
                                        none),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new WindowStats.SlotUse(grants, 1, most, 0, 0),
                                new WindowStats.Crowd(0, 0, 0),
                                0,
                                PoolCounters.ZERO,
                                0));
        return this;
    }

    Situation situation() {
        return new Situation(
                "se-sto-wg-001",
                passed,
                status(),
                exhausted,
                List.copyOf(hour),
                open,
                load,
                closedHour);
    }

    private PoolStatus status() {
        List<Integer> leaving = new ArrayList<>();
        for (int i = 0; i < retiring; i++) {
            leaving.add(slots + i);
        }
        return new PoolStatus(
                at,
                0,
                OptionalLong.of(1),
                configured ? OptionalLong.of(1) : OptionalLong.empty(),
                synced,
                OptionalLong.of(at - silentMillis),
                silentMillis,
                failed,
                slots,
                slots - setAside,
                0,
                0,
                setAside,
                0,
                List.of(),
                cap,
                600_000,
                new Targets(target, Optional.empty(), Optional.empty()),
                false,
                leaving,
                Optional.empty(),
                PoolCounters.ZERO);
    }
}
