package io.exitpool.core.pool;

import java.util.List;
import java.util.Optional;

/**
 * One server's pool as its operator wants it. Times in milliseconds.
 *
 * @param version grows with every change, above 0
 * @param slots ranges with ascending ids that do not overlap; at most {@value #MAX_SLOTS} slots
 * @param cap sessions that one slot carries, 1 to {@value #MAX_CAP}; 1 is exclusive
 * @param minRestMillis how long a slot lies unused after it emptied
 * @param maxRestingShare largest share of the pool that rests, 0 to 1
 * @param leaseTtlMillis counted time without a snapshot after which everything is released
 * @param draining the server takes no new sessions
 * @param order done once, when this version is first read
 * @param targets what its statistics are judged by
 */
public record PoolConfig(
        long version,
        List<SlotRange> slots,
        int cap,
        long minRestMillis,
        PlacementPolicy placement,
        Ladder ladder,
        double maxRestingShare,
        long leaseTtlMillis,
        boolean draining,
        List<SetAside> setAside,
        Optional<Order> order,
        Targets targets) {
    /** A /16 of IPv4. */
    public static final int MAX_SLOTS = 65_536;

    /**
     * 64,512 ports shared by 1,024 sessions leave 63 each, the least that RFC 6888 users report.
     */
    public static final int MAX_CAP = 1_024;

    public PoolConfig {
        require(version > 0, "version is not above 0");
        require(cap >= 1 && cap <= MAX_CAP, "cap is not 1 to " + MAX_CAP);
        require(minRestMillis >= 0, "minRestMillis is below 0");
        require(leaseTtlMillis > 0, "leaseTtlMillis is not above 0");
        require(maxRestingShare >= 0 && maxRestingShare <= 1, "maxRestingShare is not 0 to 1");
        long floor = ladder.shortenRestToMillis().orElse(0);
        require(floor >= 0, "shortenRestToMillis is below 0");
        int capMax = ladder.shareUpTo().orElse(cap);
        require(capMax >= cap && capMax <= MAX_CAP, "shareUpTo is not cap to " + MAX_CAP);
        slots = List.copyOf(slots);
        setAside = List.copyOf(setAside);
        long count = 0;
        long nextFree = 0;
        for (SlotRange range : slots) {
            require(range.firstId() >= nextFree, "slot ids overlap or do not ascend");
            nextFree = (long) range.firstId() + range.count();
            count += range.count();
        }
        require(count <= MAX_SLOTS, "more than " + MAX_SLOTS + " slots");
    }

    /** The most sessions that any rule puts on one slot. */
    public int capMax() {
        return ladder.shareUpTo().orElse(cap);
    }

    /** The same promises for a server whose configuration is gone: every slot retires. */
    PoolConfig withoutSlots() {
        return new PoolConfig(
                version,
                List.of(),
                cap,
                minRestMillis,
                placement,
                ladder,
                maxRestingShare,
                leaseTtlMillis,
                draining,
                List.of(),
                Optional.empty(),
                targets);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
