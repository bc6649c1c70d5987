package io.exitpool.streams.codec;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.stats.Figures;
import io.exitpool.core.stats.Histogram;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.schemas.Bucket;
import io.exitpool.schemas.Crowd;
import io.exitpool.schemas.Gauge;
import io.exitpool.schemas.GrantCounts;
import io.exitpool.schemas.IgnoredCounts;
import io.exitpool.schemas.OfferedLoad;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.RejectionCounts;
import io.exitpool.schemas.ReleaseCounts;
import io.exitpool.schemas.ReuseGap;
import io.exitpool.schemas.SlotUse;
import io.exitpool.schemas.TimeDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Statistics, as they are written: the sums, and beside them the figures that follow. */
public final class StatsCodec {
    private static final double THOUSAND = 1_000;

    private final int k;

    /**
     * @param k fewer grants than this have no ratios of slot use
     */
    public StatsCodec(int k) {
        this.k = k;
    }

    public PoolStats encode(WindowStats stats) {
        WindowStats.Traffic traffic = stats.traffic();
        WindowStats.Occupancy occupancy = stats.occupancy();
        return PoolStats.newBuilder()
                .setWindowStart(stats.window().start())
                .setWindowMillis(stats.window().length())
                .setCountry(stats.place().country().orElse(null))
                .setCity(stats.place().city().orElse(null))
                .setServers(stats.servers())
                .setMissingServers(stats.missingServers())
                .setIncomplete(stats.incomplete())
                .setCoveredMillis(stats.coveredMillis())
                .setStarts(traffic.starts())
                .setRetries(traffic.retries())
                .setRejectRatio(orNull(Figures.rejectRatio(stats)))
                .setGrants(grants(traffic))
                .setRejections(rejections(traffic))
                .setReleases(releases(traffic.releases()))
                .setSlots(occupancy.slots())
                .setPlaces(occupancy.places())
                .setSessions(gauge(occupancy.sessions()))
                .setInUse(gauge(occupancy.inUse()))
                .setResting(gauge(occupancy.resting()))
                .setFree(gauge(occupancy.free()))
                .setSetAside(gauge(occupancy.setAside()))
                .setTurnoverPerHour(orNull(Figures.turnoverPerHour(stats)))
                .setSessionChurnPerHour(orNull(Figures.sessionChurnPerHour(stats)))
                .setLoad(stats.load().map(StatsCodec::load).orElse(null))
                .setHold(stats.holds().map(StatsCodec::times).orElse(null))
                .setReuseGap(stats.gaps().map(StatsCodec::gaps).orElse(null))
                .setLag(stats.lags().map(StatsCodec::times).orElse(null))
                .setSlotUse(slotUse(stats))
                .setCrowd(crowd(stats.crowd()))
                .setPtrUpdates(stats.ptrUpdates())
                .setIgnored(ignored(stats.ignored()))
                .setLostDecisions(stats.lostDecisions())
                .build();
    }

    private static GrantCounts grants(WindowStats.Traffic traffic) {
        Map<Rung, Long> grants = traffic.grants();
        return new GrantCounts(
                count(grants, Rung.REGULAR),
                count(grants, Rung.REST_CAPPED),
                count(grants, Rung.REST_SHORTENED),
                count(grants, Rung.SHARED),
                traffic.wanted(),
                traffic.adopted(),
                traffic.repeated());
    }

    private static RejectionCounts rejections(WindowStats.Traffic traffic) {
        Map<RejectCause, Long> rejections = traffic.rejections();
        return new RejectionCounts(
                count(rejections, RejectCause.EXHAUSTED),
                traffic.exhaustedFirst(),
                count(rejections, RejectCause.NOT_SYNCED),
                count(rejections, RejectCause.DRAINING),
                count(rejections, RejectCause.STALE_EPOCH),
                count(rejections, RejectCause.POOL_FAILED));
    }

    private static ReleaseCounts releases(Map<ReleaseCause, Long> releases) {
        return new ReleaseCounts(
                count(releases, ReleaseCause.ENDED),
                count(releases, ReleaseCause.VANISHED),
                count(releases, ReleaseCause.RESET),
                count(releases, ReleaseCause.EXPIRED),
                count(releases, ReleaseCause.OPERATOR),
                count(releases, ReleaseCause.PASSED_ON));
    }

    private static Gauge gauge(WindowStats.Gauge gauge) {
        return new Gauge(gauge.meanThousandths() / THOUSAND, gauge.peak());
    }

    private static OfferedLoad load(Load load) {
        return new OfferedLoad(
                load.minutes(),
                load.arrivalsPerMinute(),
                load.meanHoldMillis() / THOUSAND,
                load.restMillis() / THOUSAND,
                load.erlangs(),
                load.blocking(),
                load.observed(),
                load.excess(),
                load.excessLow(),
                load.excessHigh(),
                load.target(),
                load.slotsNeeded(),
                load.carriedErlangs());
    }

    private static ReuseGap gaps(WindowStats.GapDistribution gaps) {
        return new ReuseGap(
                times(gaps.times()),
                gaps.under1Minute(),
                gaps.under5Minutes(),
                gaps.under60Minutes());
    }

    private static TimeDistribution times(WindowStats.Distribution times) {
        Histogram histogram = times.histogram();
        List<Bucket> buckets = new ArrayList<>(histogram.size());
        for (int n = 0; n < histogram.size(); n++) {
            buckets.add(new Bucket(histogram.indexAt(n), histogram.countAt(n)));
        }
        return new TimeDistribution(
                times.count(),
                times.sumMillis(),
                histogram.percentile(1),
                histogram.percentile(5),
                histogram.percentile(50),
                histogram.percentile(95),
                histogram.percentile(99),
                buckets);
    }

    private SlotUse slotUse(WindowStats stats) {
        WindowStats.SlotUse use = stats.slotUse();
        return new SlotUse(
                use.grants(),
                use.distinct(),
                use.most(),
                use.sumSquares(),
                use.sumGLogG(),
                orNull(Figures.coverage(stats, k)),
                orNull(Figures.maxShare(stats, k)),
                orNull(Figures.entropyBits(stats, k)),
                orNull(Figures.evenness(stats, k)),
                orNull(Figures.effectiveSlots(stats, k)));
    }

    private static Crowd crowd(WindowStats.Crowd crowd) {
        return new Crowd(
                crowd.sessionMillis(),
                crowd.aloneMillis(),
                crowd.crowdMillis(),
                orNull(Figures.perAddress(crowd)),
                orNull(Figures.aloneShare(crowd)));
    }

    private static IgnoredCounts ignored(PoolCounters counters) {
        return new IgnoredCounts(
                counters.duplicates(),
                counters.staleEpochs(),
                counters.unknownEnds(),
                counters.adoptionConflicts(),
                counters.incompleteSnapshots(),
                counters.skewedClocks(),
                counters.deadLetters());
    }

    private static <T> long count(Map<T, Long> counts, T of) {
        return counts.getOrDefault(of, 0L);
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
