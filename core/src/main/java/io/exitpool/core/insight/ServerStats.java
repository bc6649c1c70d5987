package io.exitpool.core.insight;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.AlertSignal;
import io.exitpool.core.alert.ServerAlerts;
import io.exitpool.core.alert.Situation;
import io.exitpool.core.insight.ServerWindows.Step;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One server's statistics: brings decisions and statuses, which come in any order to one another,
 * into the one order that depends on nothing but themselves. A decision waits for the status that
 * counts it, a status for the decisions that it counts; what comes of them is therefore the same
 * however they were mixed. Only decisions that do not come at all are given up.
 */
final class ServerStats {
    /** While what was read before is read again: it was kept and told then. */
    private static final StatsSink SILENT = new SilentSink();

    private final String server;
    private final StatsSettings settings;
    private final AlertSettings alertSettings;

    private final Journal journal;
    private final FactQueue facts = new FactQueue();
    private final Deque<PoolStatus> statuses = new ArrayDeque<>();

    /** None before the first status. */
    private Optional<ServerWindows> windows = Optional.empty();

    private ServerAlerts alerts;
    private long lost;

    /** Whether a snapshot has to be made, because a window closed or what was counted is wrong. */
    private boolean isDue;

    ServerStats(String server, StatsSettings settings, AlertSettings alertSettings) {
        this.server = server;
        this.settings = settings;
        this.alertSettings = alertSettings;
        journal = new Journal(server);
        alerts = new ServerAlerts(alertSettings);
    }

    // What was kept, in this order

    void restore(ServerSnapshot snapshot) {
        journal.restoreSnapshot(snapshot.nextEntry());
        windows = Optional.of(new ServerWindows(server, settings, snapshot));
        alerts = ServerAlerts.restore(alertSettings, snapshot.alerts());
    }

    void restorePlaces(int places) {
        journal.restorePlaces(places);
    }

    void replay(long entry, Fact fact) {
        journal.restoreEntry(entry);
        add(fact);
        apply(SILENT);
    }

    void replay(long entry, PoolStatus status) {
        journal.restoreEntry(entry);
        statuses.add(status);
        apply(SILENT);
    }

    // What comes

    void onDecision(Fact fact, StatsSink out) {
        if (fact.number() <= lastSeen()) {
            return;
        }
        write(fact, out);
        add(fact);
        apply(out);
        keep(out);
    }

    void onStatus(PoolStatus status, StatsSink out) {
        if (status.watermark() < lastWatermark()) {
            return;
        }
        PoolStatus lean = lean(status);
        write(lean, out);
        statuses.add(lean);
        apply(out);
        keep(out);
    }

    /** The server is gone; decisions that waiting statuses lack will not come. */
    void end(StatsSink out) {
        while (!statuses.isEmpty()) {
            applyNext(out);
        }
        journal.end(out);
        out.serverGone(server);
    }

    /** Whether a status of it was seen. */
    boolean known() {
        return windows.isPresent();
    }

    /** Up to when the server is counted; 0 before its first status. */
    long watermark() {
        return windows.isPresent() ? windows.get().status().watermark() : 0;
    }

    /** Time of the last decision that waits; none when none does. */
    OptionalLong newestFact() {
        return facts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(facts.last().time());
    }

    int waitingFacts() {
        return facts.size();
    }

    int waitingStatuses() {
        return statuses.size();
    }

    /** Decisions given up since this began to run. */
    long lost() {
        return lost;
    }

    private void add(Fact fact) {
        facts.add(fact);
        if (facts.size() > settings.maxWaitingFacts()) {
            // The gap in the numbers tells of it when its status comes.
            facts.remove();
        }
    }

    private long lastSeen() {
        long counted = windows.isPresent() ? windows.get().number() : Long.MIN_VALUE;
        return facts.isEmpty() ? counted : Math.max(counted, facts.last().number());
    }

    private long lastWatermark() {
        return statuses.isEmpty()
                ? windows.map(its -> its.status().watermark()).orElse(Long.MIN_VALUE)
                : statuses.getLast().watermark();
    }

    private void apply(StatsSink out) {
        while (!statuses.isEmpty() && (isCounted(statuses.getFirst()) || isOverdue())) {
            applyNext(out);
        }
    }

    /** Every decision that the status counts was seen, or one after them; of the first none is. */
    private boolean isCounted(PoolStatus status) {
        return windows.isEmpty() || status.decisions() <= lastSeen();
    }

    private boolean isOverdue() {
        long first = statuses.getFirst().watermark();
        return statuses.size() > settings.maxWaitingStatuses()
                || lastWatermark() - first > settings.maxWaitMillis();
    }

    private void applyNext(StatsSink out) {
        PoolStatus status = statuses.remove();
        if (windows.isEmpty()) {
            begin(status, out);
        } else {
            step(windows.get(), status, out);
        }
    }

    private void begin(PoolStatus status, StatsSink out) {
        while (!facts.isEmpty() && facts.peek().number() <= status.decisions()) {
            facts.remove();
        }
        ServerWindows its = new ServerWindows(server, settings, status);
        windows = Optional.of(its);
        out.signal(new Signal.Known(server, its.place(), status.watermark()));
        judge(its, new Step(List.of(), Optional.empty(), 0, 0, 0, true), out);
        isDue = true;
    }

    private void step(ServerWindows its, PoolStatus status, StatsSink out) {
        Place before = its.place();
        while (!facts.isEmpty() && facts.peek().number() <= status.decisions()) {
            its.fact(facts.remove());
        }
        Step step = its.finish(status);
        for (WindowStats stats : step.closed()) {
            out.window(stats);
            out.signal(new Signal.Closed(stats));
        }
        if (!its.place().equals(before)) {
            out.signal(new Signal.Known(server, its.place(), status.watermark()));
        }
        lost += step.lost();
        judge(its, step, out);
        isDue |= !step.closed().isEmpty() || !step.settled();
    }

    private void judge(ServerWindows its, Step step, StatsSink out) {
        Situation situation =
                new Situation(
                        server,
                        step.passedMillis(),
                        its.status(),
                        step.exhausted(),
                        its.closedMinutes(),
                        its.open(),
                        its.load(),
                        step.closedHour());
        for (AlertSignal signal : alerts.evaluate(situation)) {
            long at = its.status().watermark();
            out.signal(new Signal.Alerting(server, its.place(), at, signal));
        }
    }

    /** Makes a snapshot when one is due, and begins the journal anew with what waits. */
    private void keep(StatsSink out) {
        if (!isDue) {
            return;
        }
        isDue = false;
        ServerWindows its = windows.get();
        out.snapshot(
                server,
                new ServerSnapshot(
                        journal.next(),
                        its.number(),
                        its.clock(),
                        its.incompleteThrough(),
                        its.status(),
                        its.openMinute(),
                        its.openHour(),
                        its.withheld(),
                        its.closedMinutes(),
                        List.copyOf(alerts.states())));
        journal.beginAnew(out);
        for (int n = 0; n < facts.size(); n++) {
            write(facts.get(n), out);
        }
        statuses.forEach(status -> write(status, out));
    }

    private void write(Fact fact, StatsSink out) {
        long entry = journal.append();
        out.fact(server, journal.placeOf(entry), entry, fact);
    }

    private void write(PoolStatus status, StatsSink out) {
        long entry = journal.append();
        out.status(server, journal.placeOf(entry), entry, status);
    }

    /** Nothing here reads the slot map, and it is most of a status. */
    private static PoolStatus lean(PoolStatus status) {
        return new PoolStatus(
                status.watermark(),
                status.decisions(),
                status.epoch(),
                status.configVersion(),
                status.synced(),
                status.lastSnapshotAt(),
                status.silentMillis(),
                status.failed(),
                status.slots(),
                status.free(),
                status.resting(),
                status.inUse(),
                status.setAside(),
                status.sessions(),
                List.copyOf(status.loads()),
                status.cap(),
                status.minRestMillis(),
                status.targets(),
                status.draining(),
                status.retiring(),
                Optional.empty(),
                status.counters());
    }
}
