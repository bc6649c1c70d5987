package io.exitpool.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records of every kind, the same for the same randomness. */
public final class Samples {

    private Samples() {}

    public static SessionId session(RandomGenerator random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return new SessionId(id);
    }

    public static List<SessionEvent> events(RandomGenerator random) {
        return List.of(
                agent(random, new SessionStarted(session(random), 7, null, 0)),
                agent(random, new SessionStarted(session(random), null, 65_535, 3)),
                agent(random, new SessionEnded(session(random), EndReason.PEER_REMOVED)),
                agent(random, part(random, 3)),
                agent(random, part(random, 0)),
                agent(random, new ServerStarted()),
                new SessionEvent(new Tick(11)));
    }

    /** A part of so many entries, each as long as an entry can be. */
    public static SnapshotPart part(RandomGenerator random, int entries) {
        return new SnapshotPart(
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                IntStream.range(0, entries)
                        .mapToObj(
                                i ->
                                        new SnapshotEntry(
                                                session(random),
                                                Integer.MAX_VALUE,
                                                Integer.MAX_VALUE))
                        .toList());
    }

    public static SessionEvent agent(RandomGenerator random, Object body) {
        return new SessionEvent(
                new AgentEvent(
                        1_700_000_000_000_000L + random.nextInt(1_000),
                        random.nextLong(1, 1L << 40),
                        1_700_000_000L,
                        body));
    }

    public static List<Decision> decisions(RandomGenerator random) {
        Ipv4 v4 = new Ipv4(new byte[] {(byte) 192, 0, 2, 17});
        Ipv6 v6 =
                new Ipv6(
                        new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9});
        return List.of(
                decision(
                        random,
                        new Granted(
                                17, v4, v6, Choice.PLACED, Rung.REGULAR, 600_001L, 1, 0, false)),
                decision(
                        random,
                        new Granted(3, v4, null, Choice.ADOPTED, Rung.SHARED, null, 4, 2, true)),
                decision(random, new Rejected(RejectCause.EXHAUSTED, 2_000L, 1)),
                decision(random, new Released(17, ReleaseCause.VANISHED, 1_700_000_000L, 0)),
                new Decision(
                        session(random),
                        null,
                        null,
                        null,
                        null,
                        6L,
                        new Rejected(RejectCause.NO_POOL, 60_000L, 0)));
    }

    private static Decision decision(RandomGenerator random, Object outcome) {
        return new Decision(
                session(random),
                1_700_000_000_000_000L + random.nextInt(1_000),
                5L,
                random.nextLong(1, 1L << 40),
                12L,
                (long) random.nextInt(1_000),
                outcome);
    }

    /** A configuration with so many ranges of one slot, each set aside with such a reason. */
    public static PoolConfig config(int slots, String reason) {
        return PoolConfig.newBuilder()
                .setVersion(Long.MAX_VALUE)
                .setSlots(
                        IntStream.range(0, slots)
                                .mapToObj(
                                        i ->
                                                new SlotRange(
                                                        Integer.MAX_VALUE - i,
                                                        1,
                                                        new Ipv4(address(i, 4)),
                                                        new Ipv6(address(i, 16))))
                                .toList())
                .setNextSlotId(Integer.MAX_VALUE)
                .setSetAside(
                        IntStream.range(0, slots)
                                .mapToObj(
                                        i ->
                                                new SetAside(
                                                        Integer.MAX_VALUE - i,
                                                        SetAsideCause.REPUTATION,
                                                        reason))
                                .toList())
                .setOrder(new ReleaseSlot(4))
                .setCountry("se")
                .build();
    }

    /** A status with a slot map of 1,024 slots, as many loads, and so many retiring slots. */
    public static PoolStatus status(int retiring) {
        return PoolStatus.newBuilder()
                .setWatermark(1_700_000_000_000L)
                .setDecisions(1_700_000_000_000_000L)
                .setEpoch(9L)
                .setConfigVersion(4L)
                .setSynced(true)
                .setLastSnapshotAt(1_700_000_000_000L)
                .setSilentMillis(30_000L)
                .setFailed("the rows of slot 4 do not add up")
                .setSlots(65_536)
                .setFree(1)
                .setResting(2)
                .setInUse(3)
                .setSetAside(65_530)
                .setSessions(9)
                .setLoads(Collections.nCopies(1_024, 64))
                .setCap(3)
                .setMinRestMillis(Long.MAX_VALUE)
                .setTargetBlocking(0.001)
                .setCountry("se")
                .setCity("sto")
                .setRetiring(
                        IntStream.range(0, retiring).mapToObj(i -> Integer.MAX_VALUE - i).toList())
                .setSlotMap(ByteBuffer.wrap(new byte[1_024]))
                .setCounters(new PoolCounters(1L, 2L, 3L, 4L, 5L, 6L, 7L))
                .build();
    }

    /** Statistics of a window in which everything is known, and of one with nothing to tell. */
    public static List<PoolStats> stats(RandomGenerator random) {
        PoolStats bare = window(random).build();
        PoolStats full =
                window(random)
                        .setCountry("se")
                        .setCity("sto")
                        .setMissingServers(List.of("se-sto-wg-208", "se-sto-wg-209"))
                        .setRejectRatio(random.nextDouble())
                        .setTurnoverPerHour(random.nextDouble())
                        .setSessionChurnPerHour(random.nextDouble())
                        .setLoad(load(random))
                        .setHold(times(random))
                        .setReuseGap(
                                new ReuseGap(
                                        times(random), count(random), count(random), count(random)))
                        .setLag(times(random))
                        .build();
        full.getSlotUse().setCoverage(random.nextDouble());
        full.getSlotUse().setMaxShare(random.nextDouble());
        full.getSlotUse().setEntropyBits(random.nextDouble());
        full.getSlotUse().setEvenness(random.nextDouble());
        full.getSlotUse().setEffectiveSlots(random.nextDouble());
        full.getCrowd().setPerAddress(random.nextDouble());
        full.getCrowd().setAloneShare(random.nextDouble());
        return List.of(bare, full);
    }

    private static PoolStats.Builder window(RandomGenerator random) {
        return PoolStats.newBuilder()
                .setWindowStart(1_700_000_040_000L)
                .setWindowMillis(60_000L)
                .setServers(random.nextInt())
                .setIncomplete(random.nextBoolean())
                .setCoveredMillis(count(random))
                .setStarts(count(random))
                .setRetries(count(random))
                .setGrants(
                        new GrantCounts(
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random)))
                .setRejections(
                        new RejectionCounts(
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random)))
                .setReleases(
                        new ReleaseCounts(
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random)))
                .setSlots(count(random))
                .setPlaces(count(random))
                .setSessions(gauge(random))
                .setInUse(gauge(random))
                .setResting(gauge(random))
                .setFree(gauge(random))
                .setSetAside(gauge(random))
                .setSlotUse(
                        SlotUse.newBuilder()
                                .setGrants(count(random))
                                .setDistinctSlots(count(random))
                                .setMostGrants(count(random))
                                .setSumSquares(count(random))
                                .setSumGLogG(count(random))
                                .build())
                .setCrowd(
                        Crowd.newBuilder()
                                .setSessionMillis(count(random))
                                .setAloneMillis(count(random))
                                .setCrowdMillis(count(random))
                                .build())
                .setPtrUpdates(count(random))
                .setIgnored(
                        new IgnoredCounts(
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random),
                                count(random)))
                .setLostDecisions(count(random));
    }

    private static OfferedLoad load(RandomGenerator random) {
        return new OfferedLoad(
                random.nextInt(1, 61),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                -random.nextDouble(),
                -random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                count(random),
                random.nextDouble());
    }

    private static TimeDistribution times(RandomGenerator random) {
        return new TimeDistribution(
                count(random),
                count(random),
                count(random),
                count(random),
                count(random),
                count(random),
                count(random),
                IntStream.range(0, random.nextInt(20))
                        .mapToObj(i -> new Bucket(i * 7, count(random)))
                        .toList());
    }

    private static Gauge gauge(RandomGenerator random) {
        return new Gauge(random.nextInt(1_000_000) / 1_000.0, count(random));
    }

    /** Small or large, since the two are written in other lengths. */
    private static long count(RandomGenerator random) {
        return random.nextLong() >>> random.nextInt(1, 64);
    }

    /** An alert of each kind, open or resolved, with all that may be missing or without. */
    public static List<Alert> alerts(RandomGenerator random) {
        return Arrays.stream(AlertKind.values())
                .flatMap(kind -> Stream.of(open(random, kind), resolved(random, kind)))
                .toList();
    }

    private static Alert open(RandomGenerator random, AlertKind kind) {
        return Alert.newBuilder()
                .setServer("se-sto-wg-208")
                .setKind(kind)
                .setEpisode(1_700_000_000_000L + random.nextInt(1_000))
                .setState(AlertState.OPEN)
                .setOpenedAt(1_700_000_000_000L + random.nextInt(1_000))
                .setValue(random.nextDouble())
                .setThreshold(random.nextDouble())
                .setPeak(random.nextDouble())
                .setUnit("share of starts")
                .setSummary("More starts are rejected than the load explains.")
                .setAdvice("Look for slots that are never released.")
                .build();
    }

    private static Alert resolved(RandomGenerator random, AlertKind kind) {
        return Alert.newBuilder(open(random, kind))
                .setState(AlertState.RESOLVED)
                .setRevision(random.nextInt())
                .setResolvedAt(1_700_000_060_000L)
                .setDurationMillis(count(random))
                .setCause("Its agent says nothing.")
                .setCausedBy("se-sto-wg-209")
                .setAffected(List.of("se-sto-wg-210/EXHAUSTED", "se-sto-wg-211/EXHAUSTED"))
                .setCountry("se")
                .setCity("sto")
                .build();
    }

    private static byte[] address(int number, int bytes) {
        byte[] address = new byte[bytes];
        ByteBuffer.wrap(address).putInt(bytes - 4, number);
        return address;
    }
}
