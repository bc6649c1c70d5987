package io.exitpool.demo.insight;

import io.exitpool.demo.insight.InsightView.Figures;
import io.exitpool.demo.insight.InsightView.Windows;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what the topics of statistics and alerts say. What they said before the run is how
 * things stand, but does not count. Not thread-safe.
 */
final class InsightBoard {

    private static final String FLEET = "fleet";
    private static final int LATEST = 50;

    private final long sinceMillis;
    private final Map<String, Rejections> rejections = new HashMap<>();
    private final Map<String, Figures> servers = new HashMap<>();
    private final Rejections fleetRejections = new Rejections();
    private final Map<AlertKind, Long> opened = new EnumMap<>(AlertKind.class);
    private final Map<AlertKind, Long> resolved = new EnumMap<>(AlertKind.class);
    private final Map<String, Alert> open = new HashMap<>();
    private final Deque<Alert> latest = new ArrayDeque<>();
    private Figures fleet = Figures.NONE;
    private Windows windows = Windows.NONE;
    private long told;

    InsightBoard(long sinceMillis) {
        this.sinceMillis = sinceMillis;
    }

    /** An alert's record from before the run. */
    void before(Entry<Alert> entry) {
        stand(entry.key(), Optional.ofNullable(entry.value()));
    }

    /** A record of any of the topics; what cannot be read is for others to judge. */
    void take(Entry<?> entry) {
        if (entry.undecodable().isPresent()) {
            return;
        }
        entry.as(Topics.POOL_STATS_1M).ifPresent(this::minute);
        entry.as(Topics.POOL_STATS_1H).ifPresent(one -> hour(one.value()));
        entry.as(Topics.FLEET_STATS_1M).ifPresent(this::fleetMinute);
        entry.as(Topics.FLEET_STATS_1H).ifPresent(one -> fleetHour());
        entry.as(Topics.POOL_ALERTS).ifPresent(this::alert);
    }

    InsightView view() {
        return new InsightView(
                sinceMillis,
                servers,
                fleet,
                windows,
                opened,
                resolved,
                open,
                told,
                new ArrayList<>(latest));
    }

    private void minute(Entry<PoolStats> entry) {
        PoolStats stats = entry.value();
        Rejections its = rejections.computeIfAbsent(entry.key(), server -> new Rejections());
        servers.put(entry.key(), figures(its, stats));
        windows =
                windows.plus(new Windows(1, 0, 0, 0, incomplete(stats), stats.getLostDecisions()));
    }

    /** Its lost decisions were counted with the minutes. */
    private void hour(PoolStats stats) {
        windows = windows.plus(new Windows(0, 1, 0, 0, incomplete(stats), 0));
    }

    private void fleetMinute(Entry<PoolStats> entry) {
        if (entry.key().equals(FLEET)) {
            fleet = figures(fleetRejections, entry.value());
        }
        windows = windows.plus(new Windows(0, 0, 1, 0, 0, 0));
    }

    private void fleetHour() {
        windows = windows.plus(new Windows(0, 0, 0, 1, 0, 0));
    }

    private static long incomplete(PoolStats stats) {
        return stats.getIncomplete() ? 1 : 0;
    }

    private static Figures figures(Rejections rejections, PoolStats stats) {
        rejections.add(stats);
        return new Figures(rejections.ratio(), Optional.ofNullable(stats.getLoad()));
    }

    private void alert(Entry<Alert> entry) {
        Optional<Alert> alert = Optional.ofNullable(entry.value());
        stand(entry.key(), alert);
        alert.ifPresent(this::tell);
    }

    private void tell(Alert alert) {
        if (alert.getState() == AlertState.RESOLVED) {
            resolved.merge(alert.getKind(), 1L, Long::sum);
        } else if (alert.getRevision() == 0) {
            opened.merge(alert.getKind(), 1L, Long::sum);
        }
        told++;
        latest.add(alert);
        if (latest.size() > LATEST) {
            latest.remove();
        }
    }

    /** A tombstone forgets what was resolved long ago. */
    private void stand(String key, Optional<Alert> alert) {
        alert.filter(one -> one.getState() != AlertState.RESOLVED)
                .ifPresentOrElse(one -> open.put(key, one), () -> open.remove(key));
    }
}
