package io.exitpool.operator.audit;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SlotRange;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** One configuration of a server, with what the rules ask of it. */
final class ConfigVersion {
    private final PoolConfig config;
    private final TreeMap<Integer, SlotRange> ranges = new TreeMap<>();
    private final Set<Integer> setAside = new HashSet<>();
    private final long writtenAt;

    ConfigVersion(PoolConfig config, long writtenAt) {
        this.config = config;
        this.writtenAt = writtenAt;
        for (SlotRange range : config.getSlots()) {
            ranges.put(range.getFirstId(), range);
        }
        for (SetAside aside : config.getSetAside()) {
            setAside.add(aside.getSlot());
        }
    }

    long version() {
        return config.getVersion();
    }

    long writtenAt() {
        return writtenAt;
    }

    Optional<SlotAddresses> addresses(int slot) {
        Map.Entry<Integer, SlotRange> range = ranges.floorEntry(slot);
        if (range == null || slot - range.getKey() >= range.getValue().getCount()) {
            return Optional.empty();
        }
        return Optional.of(SlotAddresses.of(range.getValue(), slot - range.getKey()));
    }

    boolean isSetAside(int slot) {
        return setAside.contains(slot);
    }

    /** Whether the id was ever given to a slot, in this version or before it. */
    boolean wasGiven(int slot) {
        return slot < config.getNextSlotId();
    }

    boolean isDraining() {
        return config.getDraining();
    }

    int cap() {
        return config.getCap();
    }

    /** The most that a slot carries when the pool is dry, or when its sessions held it already. */
    int capMax() {
        Integer shareUpTo = config.getLadder().getShareUpTo();
        return shareUpTo == null ? cap() : Math.max(cap(), shareUpTo);
    }

    long minRest() {
        return config.getMinRestMillis();
    }

    OptionalLong restFloor() {
        Long floor = config.getLadder().getShortenRestToMillis();
        return floor == null ? OptionalLong.empty() : OptionalLong.of(floor);
    }

    /** Slots may come back early when too many rest. */
    boolean capsRest() {
        return config.getMaxRestingShare() < 1;
    }

    long leaseTtl() {
        return config.getLeaseTtlMillis();
    }

    boolean ordersRelease(int slot) {
        return config.getOrder() instanceof ReleaseSlot order && order.getSlot() == slot;
    }

    boolean ordersReset() {
        return config.getOrder() instanceof ResetEpoch;
    }

    boolean ordersRebuild() {
        return config.getOrder() instanceof Rebuild;
    }

    /** The configuration's slots, for the rare question about all of them. */
    Iterable<SlotRange> slotRanges() {
        return ranges.values();
    }

    int size() {
        return ranges.values().stream().mapToInt(SlotRange::getCount).sum();
    }
}
