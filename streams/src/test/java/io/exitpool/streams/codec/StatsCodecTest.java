package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.stats.Figures;
import io.exitpool.core.stats.Histogram;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.schemas.Bucket;
import io.exitpool.schemas.Gauge;
import io.exitpool.schemas.OfferedLoad;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.TimeDistribution;
import io.exitpool.streams.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every number of a window is another one, so that none can stand in another's place unseen. */
class StatsCodecTest {
    private static final int K = 10;

    private final long seed = Seed.of(StatsCodecTest.class);
    private final WindowStats stats = new RecordDraw(seed, true).one(WindowStats.class);
    private final PoolStats written = new StatsCodec(K).encode(stats);

    @Test
    void shouldSayWhoseAndWhenItIs() {
        assertThat(written.getWindowStart()).isEqualTo(stats.window().start());
        assertThat(written.getWindowMillis()).isEqualTo(stats.window().length());
        assertThat(written.getCountry()).isEqualTo(stats.place().country().orElseThrow());
        assertThat(written.getCity()).isEqualTo(stats.place().city().orElseThrow());
        assertThat(written.getServers()).isEqualTo(stats.servers());
        assertThat(written.getMissingServers()).isEqualTo(stats.missingServers());
        assertThat(written.getIncomplete()).isTrue();
        assertThat(written.getCoveredMillis()).isEqualTo(stats.coveredMillis());
        assertThat(written.getPtrUpdates()).isEqualTo(stats.ptrUpdates());
        assertThat(written.getLostDecisions()).isEqualTo(stats.lostDecisions());
    }

    @Test
    void shouldWriteEveryCountWhereItBelongs() {
        WindowStats.Traffic traffic = stats.traffic();
        assertThat(written.getStarts()).isEqualTo(traffic.starts());
        assertThat(written.getRetries()).isEqualTo(traffic.retries());

        Map<Rung, Long> grants = traffic.grants();
        assertThat(written.getGrants().getRegular()).isEqualTo(grants.get(Rung.REGULAR));
        assertThat(written.getGrants().getRestCapped()).isEqualTo(grants.get(Rung.REST_CAPPED));
        assertThat(written.getGrants().getRestShortened())
                .isEqualTo(grants.get(Rung.REST_SHORTENED));
        assertThat(written.getGrants().getShared()).isEqualTo(grants.get(Rung.SHARED));
        assertThat(written.getGrants().getWanted()).isEqualTo(traffic.wanted());
        assertThat(written.getGrants().getAdopted()).isEqualTo(traffic.adopted());
        assertThat(written.getGrants().getRepeated()).isEqualTo(traffic.repeated());

        Map<RejectCause, Long> rejections = traffic.rejections();
        assertThat(written.getRejections().getExhausted())
                .isEqualTo(rejections.get(RejectCause.EXHAUSTED));
        assertThat(written.getRejections().getExhaustedFirst()).isEqualTo(traffic.exhaustedFirst());
        assertThat(written.getRejections().getNotSynced())
                .isEqualTo(rejections.get(RejectCause.NOT_SYNCED));
        assertThat(written.getRejections().getDraining())
                .isEqualTo(rejections.get(RejectCause.DRAINING));
        assertThat(written.getRejections().getStaleEpoch())
                .isEqualTo(rejections.get(RejectCause.STALE_EPOCH));
        assertThat(written.getRejections().getPoolFailed())
                .isEqualTo(rejections.get(RejectCause.POOL_FAILED));

        Map<ReleaseCause, Long> releases = traffic.releases();
        assertThat(written.getReleases().getEnded()).isEqualTo(releases.get(ReleaseCause.ENDED));
        assertThat(written.getReleases().getVanished())
                .isEqualTo(releases.get(ReleaseCause.VANISHED));
        assertThat(written.getReleases().getReset()).isEqualTo(releases.get(ReleaseCause.RESET));
        assertThat(written.getReleases().getExpired())
                .isEqualTo(releases.get(ReleaseCause.EXPIRED));
        assertThat(written.getReleases().getOperator())
                .isEqualTo(releases.get(ReleaseCause.OPERATOR));
        assertThat(written.getReleases().getPassedOn())
                .isEqualTo(releases.get(ReleaseCause.PASSED_ON));

        assertThat(written.getIgnored().getDuplicates()).isEqualTo(stats.ignored().duplicates());
        assertThat(written.getIgnored().getStaleEpochs()).isEqualTo(stats.ignored().staleEpochs());
        assertThat(written.getIgnored().getUnknownEnds()).isEqualTo(stats.ignored().unknownEnds());
        assertThat(written.getIgnored().getAdoptionConflicts())
                .isEqualTo(stats.ignored().adoptionConflicts());
        assertThat(written.getIgnored().getIncompleteSnapshots())
                .isEqualTo(stats.ignored().incompleteSnapshots());
        assertThat(written.getIgnored().getSkewedClocks())
                .isEqualTo(stats.ignored().skewedClocks());
        assertThat(written.getIgnored().getDeadLetters()).isEqualTo(stats.ignored().deadLetters());
    }

    @Test
    void shouldWriteEveryLevelWhereItBelongs() {
        WindowStats.Occupancy occupancy = stats.occupancy();
        assertThat(written.getSlots()).isEqualTo(occupancy.slots());
        assertThat(written.getPlaces()).isEqualTo(occupancy.places());
        assertGauge(written.getSessions(), occupancy.sessions());
        assertGauge(written.getInUse(), occupancy.inUse());
        assertGauge(written.getResting(), occupancy.resting());
        assertGauge(written.getFree(), occupancy.free());
        assertGauge(written.getSetAside(), occupancy.setAside());
        assertThat(written.getCrowd().getSessionMillis()).isEqualTo(stats.crowd().sessionMillis());
        assertThat(written.getCrowd().getAloneMillis()).isEqualTo(stats.crowd().aloneMillis());
        assertThat(written.getCrowd().getCrowdMillis()).isEqualTo(stats.crowd().crowdMillis());
        assertThat(written.getCrowd().getPerAddress())
                .isEqualTo(Figures.perAddress(stats.crowd()).getAsDouble());
        assertThat(written.getCrowd().getAloneShare())
                .isEqualTo(Figures.aloneShare(stats.crowd()).getAsDouble());
    }

    @Test
    void shouldWriteTheLoadInItsUnits() {
        Load load = stats.load().orElseThrow();
        OfferedLoad its = written.getLoad();
        assertThat(its.getMinutes()).isEqualTo(load.minutes());
        assertThat(its.getArrivalsPerMinute()).isEqualTo(load.arrivalsPerMinute());
        assertThat(its.getMeanHoldSeconds()).isEqualTo(load.meanHoldMillis() / 1_000);
        assertThat(its.getRestSeconds()).isEqualTo(load.restMillis() / 1_000);
        assertThat(its.getErlangs()).isEqualTo(load.erlangs());
        assertThat(its.getBlocking()).isEqualTo(load.blocking());
        assertThat(its.getObserved()).isEqualTo(load.observed());
        assertThat(its.getExcess()).isEqualTo(load.excess());
        assertThat(its.getExcessLow()).isEqualTo(load.excessLow());
        assertThat(its.getExcessHigh()).isEqualTo(load.excessHigh());
        assertThat(its.getTarget()).isEqualTo(load.target());
        assertThat(its.getSlotsNeeded()).isEqualTo(load.slotsNeeded());
        assertThat(its.getCarriedErlangs()).isEqualTo(load.carriedErlangs());
    }

    @Test
    void shouldWriteTheTimesWithTheirBuckets() {
        assertTimes(written.getHold(), stats.holds().orElseThrow());
        assertTimes(written.getLag(), stats.lags().orElseThrow());
        WindowStats.GapDistribution gaps = stats.gaps().orElseThrow();
        assertTimes(written.getReuseGap().getTimes(), gaps.times());
        assertThat(written.getReuseGap().getUnder1Minute()).isEqualTo(gaps.under1Minute());
        assertThat(written.getReuseGap().getUnder5Minutes()).isEqualTo(gaps.under5Minutes());
        assertThat(written.getReuseGap().getUnder60Minutes()).isEqualTo(gaps.under60Minutes());
    }

    @Test
    void shouldWriteSlotUseAndTheRatios() {
        assertThat(written.getSlotUse().getGrants()).isEqualTo(stats.slotUse().grants());
        assertThat(written.getSlotUse().getDistinctSlots()).isEqualTo(stats.slotUse().distinct());
        assertThat(written.getSlotUse().getMostGrants()).isEqualTo(stats.slotUse().most());
        assertThat(written.getSlotUse().getSumSquares()).isEqualTo(stats.slotUse().sumSquares());
        assertThat(written.getSlotUse().getSumGLogG()).isEqualTo(stats.slotUse().sumGLogG());
        assertThat(written.getSlotUse().getCoverage())
                .isEqualTo(Figures.coverage(stats, K).getAsDouble());
        assertThat(written.getSlotUse().getMaxShare())
                .isEqualTo(Figures.maxShare(stats, K).getAsDouble());
        assertThat(written.getSlotUse().getEntropyBits())
                .isEqualTo(Figures.entropyBits(stats, K).getAsDouble());
        assertThat(written.getSlotUse().getEvenness())
                .isEqualTo(Figures.evenness(stats, K).getAsDouble());
        assertThat(written.getSlotUse().getEffectiveSlots())
                .isEqualTo(Figures.effectiveSlots(stats, K).getAsDouble());
        assertThat(written.getRejectRatio()).isEqualTo(Figures.rejectRatio(stats).getAsDouble());
        assertThat(written.getTurnoverPerHour())
                .isEqualTo(Figures.turnoverPerHour(stats).getAsDouble());
        assertThat(written.getSessionChurnPerHour())
                .isEqualTo(Figures.sessionChurnPerHour(stats).getAsDouble());
    }

    @Test
    void shouldWriteNoTimesOfFewAndNoRatiosOfNothing() {
        for (int i = 0; i < 500; i++) {
            WindowStats some = new RecordDraw(seed + i, false).one(WindowStats.class);
            PoolStats its = new StatsCodec(Integer.MAX_VALUE).encode(some);

            assertThat(Optional.ofNullable(its.getHold()).isPresent())
                    .isEqualTo(some.holds().isPresent());
            assertThat(Optional.ofNullable(its.getReuseGap()).isPresent())
                    .isEqualTo(some.gaps().isPresent());
            assertThat(Optional.ofNullable(its.getLag()).isPresent())
                    .isEqualTo(some.lags().isPresent());
            assertThat(Optional.ofNullable(its.getLoad()).isPresent())
                    .isEqualTo(some.load().isPresent());
            assertThat(its.getSlotUse().getEntropyBits()).isNull();
            assertThat(its.getSlotUse().getEffectiveSlots()).isNull();
        }
    }

    private static void assertGauge(Gauge written, WindowStats.Gauge gauge) {
        assertThat(written.getMean()).isEqualTo(gauge.meanThousandths() / 1_000.0);
        assertThat(written.getPeak()).isEqualTo(gauge.peak());
    }

    private static void assertTimes(TimeDistribution written, WindowStats.Distribution times) {
        Histogram histogram = times.histogram();
        List<Bucket> buckets = new ArrayList<>();
        for (int n = 0; n < histogram.size(); n++) {
            buckets.add(new Bucket(histogram.indexAt(n), histogram.countAt(n)));
        }
        assertThat(written.getCount()).isEqualTo(times.count());
        assertThat(written.getSumMillis()).isEqualTo(times.sumMillis());
        assertThat(written.getBuckets()).isEqualTo(buckets);
        assertThat(written.getP1()).isEqualTo(histogram.percentile(1));
        assertThat(written.getP5()).isEqualTo(histogram.percentile(5));
        assertThat(written.getP50()).isEqualTo(histogram.percentile(50));
        assertThat(written.getP95()).isEqualTo(histogram.percentile(95));
        assertThat(written.getP99()).isEqualTo(histogram.percentile(99));
    }
}
