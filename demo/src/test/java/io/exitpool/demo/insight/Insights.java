package io.exitpool.demo.insight;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.Crowd;
import io.exitpool.schemas.Gauge;
import io.exitpool.schemas.GrantCounts;
import io.exitpool.schemas.IgnoredCounts;
import io.exitpool.schemas.OfferedLoad;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.RejectionCounts;
import io.exitpool.schemas.ReleaseCounts;
import io.exitpool.schemas.SlotUse;

/** Statistics and alerts of which only little matters to a test. */
public final class Insights {

    private Insights() {}

    public static OfferedLoad load(double erlangs, long slotsNeeded) {
        return new OfferedLoad(
                60,
                1.0,
                60.0,
                60.0,
                erlangs,
                0.001,
                0.0106,
                0.0096,
                -0.1,
                0.1,
                0.001,
                slotsNeeded,
                20.0);
    }

    /** At 83 seconds when it opened and 90 when it was resolved. */
    public static Alert alert(String server, AlertKind kind, AlertState state) {
        boolean resolved = state == AlertState.RESOLVED;
        return Alert.newBuilder()
                .setServer(server)
                .setKind(kind)
                .setEpisode(83_000)
                .setState(state)
                .setOpenedAt(83_000)
                .setResolvedAt(resolved ? 90_000L : null)
                .setDurationMillis(resolved ? 7_000L : null)
                .setValue(1)
                .setThreshold(0)
                .setPeak(1)
                .setUnit("percent")
                .setSummary("Starts are rejected.")
                .setAdvice("Give the pool more slots.")
                .build();
    }

    static PoolStats minute(long starts, long rejected, OfferedLoad load) {
        Gauge level = new Gauge(0.0, 0L);
        return PoolStats.newBuilder()
                .setWindowStart(0)
                .setWindowMillis(60_000)
                .setServers(1)
                .setIncomplete(false)
                .setCoveredMillis(60_000)
                .setStarts(starts)
                .setRetries(0)
                .setGrants(new GrantCounts(starts - rejected, 0L, 0L, 0L, 0L, 0L, 0L))
                .setRejections(new RejectionCounts(rejected, rejected, 0L, 0L, 0L, 0L))
                .setReleases(new ReleaseCounts(0L, 0L, 0L, 0L, 0L, 0L))
                .setSlots(10)
                .setPlaces(10)
                .setSessions(level)
                .setInUse(level)
                .setResting(level)
                .setFree(level)
                .setSetAside(level)
                .setLoad(load)
                .setSlotUse(new SlotUse(0L, 0L, 0L, 0L, 0L, null, null, null, null, null))
                .setCrowd(new Crowd(0L, 0L, 0L, null, null))
                .setPtrUpdates(0)
                .setIgnored(new IgnoredCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .setLostDecisions(0)
                .build();
    }
}
