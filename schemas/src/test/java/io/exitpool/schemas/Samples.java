package io.exitpool.schemas;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
                        new Rejected(RejectCause.NO_POOL, 60_000L, 0)));
    }

    private static Decision decision(RandomGenerator random, Object outcome) {
        return new Decision(session(random), 5L, random.nextLong(1, 1L << 40), 12L, outcome);
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

    /** A status with a slot map of 1,024 slots and so many retiring ones. */
    public static PoolStatus status(int retiring) {
        return PoolStatus.newBuilder()
                .setWatermark(1_700_000_000_000L)
                .setEpoch(9L)
                .setConfigVersion(4L)
                .setSynced(true)
                .setLastSnapshotAt(1_700_000_000_000L)
                .setFailed("the rows of slot 4 do not add up")
                .setSlots(65_536)
                .setFree(1)
                .setResting(2)
                .setInUse(3)
                .setSetAside(65_530)
                .setSessions(9)
                .setCap(3)
                .setRetiring(
                        IntStream.range(0, retiring).mapToObj(i -> Integer.MAX_VALUE - i).toList())
                .setSlotMap(ByteBuffer.wrap(new byte[1_024]))
                .setCounters(new PoolCounters(1L, 2L, 3L, 4L, 5L, 6L))
                .build();
    }

    private static byte[] address(int number, int bytes) {
        byte[] address = new byte[bytes];
        ByteBuffer.wrap(address).putInt(bytes - 4, number);
        return address;
    }
}
