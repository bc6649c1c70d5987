package io.exitpool.connect.it;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.OfferedLoad;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.ReuseGap;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What Exitpool could have told until now: a busy server and one that was not always heard of, in
 * the last hours; one that grew by an erlang a day, weeks ago; their fleet; and alerts.
 */
final class WeekOfStatistics {

    /** The start of the last full hour. */
    final Instant lastHour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));

    void send(ConnectSite site) {
        try (Feed<PoolStats> hours = site.feed(Topics.POOL_STATS_1H);
                Feed<PoolStats> minutes = site.feed(Topics.POOL_STATS_1M);
                Feed<PoolStats> fleetHours = site.feed(Topics.FLEET_STATS_1H);
                Feed<PoolStats> fleetMinutes = site.feed(Topics.FLEET_STATS_1M);
                Feed<Alert> alerts = site.feed(Topics.POOL_ALERTS)) {
            hours.send("de-fra-1", busy(1, 5, 9, 0));
            hours.send("de-fra-1", busy(0, 6, 12, 2));
            hours.send("se-sto-1", quiet(2, true));
            hours.send("se-sto-1", quiet(0, false));
            for (int day = 1; day <= 10; day++) {
                hours.send("us-nyc-1", growing(day));
            }
            minutes.send("de-fra-1", minute());
            fleetHours.send("fleet", fleet());
            fleetHours.send("country/de", busy(0, 6, 12, 2));
            fleetMinutes.send("fleet", minute());
            alerts.send("de-fra-1/EXHAUSTED", alert("de-fra-1", AlertKind.EXHAUSTED, 50, null));
            alerts.send("de-fra-1/EXHAUSTED", alert("de-fra-1", AlertKind.EXHAUSTED, 50, 20));
            alerts.send("de-fra-1/EXHAUSTED", alert("de-fra-1", AlertKind.EXHAUSTED, 10, null));
            alerts.send("de-fra-1/EXHAUSTED", alert("de-fra-1", AlertKind.EXHAUSTED, 10, 5));
            alerts.send("de-fra-1/EXHAUSTED", null);
            alerts.send(
                    "se-sto-1/SERVER_SILENT", alert("se-sto-1", AlertKind.SERVER_SILENT, 5, null));
        }
    }

    /** Twenty starts and ends on ten slots, each ten minutes, two ends of them unreported. */
    private PoolStats busy(int hoursBefore, double erlangs, long needed, long rejected) {
        PoolStats stats = window(lastHour.minus(Duration.ofHours(hoursBefore)), 10);
        stats.setStarts(20);
        stats.getGrants().setRegular(15);
        stats.getGrants().setRestShortened(5);
        stats.getReleases().setEnded(18);
        stats.getReleases().setVanished(2);
        stats.getRejections().setExhaustedFirst(rejected);
        stats.setRejectRatio(rejected / 20.0);
        stats.getSetAside().setPeak(1);
        stats.getSessions().setMean(7.5);
        stats.setPtrUpdates(20);
        stats.getCrowd().setSessionMillis(12_000_000);
        stats.getCrowd().setAloneMillis(6_000_000);
        stats.getCrowd().setCrowdMillis(18_000_000);
        stats.getSlotUse().setEvenness(0.9 - rejected / 20.0);
        stats.getSlotUse().setMaxShare(0.2 + rejected / 20.0);
        stats.setReuseGap(Blank.of(ReuseGap.class));
        stats.getReuseGap().getTimes().setCount(20);
        stats.getReuseGap().setUnder1Minute(5);
        stats.getReuseGap().setUnder5Minutes(10);
        stats.getReuseGap().setUnder60Minutes(20);
        stats.setLoad(load(erlangs, needed, 4.5));
        stats.getLoad().setBlocking(0.04);
        stats.getLoad().setExcessLow(0.01);
        return stats;
    }

    private PoolStats quiet(int hoursBefore, boolean incomplete) {
        PoolStats stats = window(lastHour.minus(Duration.ofHours(hoursBefore)), 4);
        stats.setIncomplete(incomplete);
        stats.setCoveredMillis(incomplete ? 1_800_000 : 3_600_000);
        return stats;
    }

    /** A day's peak, from 20 to 11 days ago, so that it is in the month and not in the week. */
    private PoolStats growing(int day) {
        Instant noon = lastHour.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(21 - day));
        PoolStats stats = window(noon.plus(Duration.ofHours(12)), 20);
        stats.setLoad(load(day, 5, 12.5));
        return stats;
    }

    private PoolStats fleet() {
        PoolStats stats = busy(0, 6, 12, 2);
        stats.setServers(2);
        stats.setSlots(14);
        stats.setMissingServers(List.of("us-nyc-1"));
        return stats;
    }

    private PoolStats minute() {
        PoolStats stats = window(lastHour, 10);
        stats.setWindowMillis(60_000);
        return stats;
    }

    private static PoolStats window(Instant start, long slots) {
        PoolStats stats = Blank.of(PoolStats.class);
        stats.setWindowStart(start.toEpochMilli());
        stats.setWindowMillis(3_600_000);
        stats.setCoveredMillis(3_600_000);
        stats.setServers(1);
        stats.setSlots(slots);
        return stats;
    }

    private static OfferedLoad load(double erlangs, long needed, double carried) {
        OfferedLoad load = Blank.of(OfferedLoad.class);
        load.setErlangs(erlangs);
        load.setSlotsNeeded(needed);
        load.setCarriedErlangs(carried);
        load.setTarget(0.001);
        return load;
    }

    private Alert alert(String server, AlertKind kind, int minutesBefore, Integer lasted) {
        long opened = lastHour.minus(Duration.ofMinutes(minutesBefore)).toEpochMilli();
        Alert alert = Blank.of(Alert.class);
        alert.setServer(server);
        alert.setKind(kind);
        alert.setEpisode(opened);
        alert.setOpenedAt(opened);
        alert.setState(lasted == null ? AlertState.OPEN : AlertState.RESOLVED);
        if (lasted != null) {
            alert.setResolvedAt(opened + lasted * 60_000L);
            alert.setDurationMillis(lasted * 60_000L);
        }
        return alert;
    }
}
