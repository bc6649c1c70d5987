package io.exitpool.core.pool;

import io.exitpool.core.decision.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes pool configurations for tests: 10 slots, exclusive, no rest, unless said otherwise. Each
 * {@link #next()} has a version of its own.
 */
public final class ConfigDraft {
    /** 192.0.2.0 of RFC 5737. */
    public static final int DOCUMENTATION_V4 = 0xC000_0200;

    /** 2001:db8::/64 of RFC 3849. */
    public static final long DOCUMENTATION_V6 = 0x2001_0db8_0000_0000L;

    private long version;
    private List<SlotRange> slots = List.of(range(0, 10));
    private int cap = 1;
    private long minRestMillis;
    private PlacementPolicy placement = PlacementPolicy.UNIFORM_RANDOM;
    private OptionalLong shortenRestTo = OptionalLong.empty();
    private OptionalInt shareUpTo = OptionalInt.empty();
    private double maxRestingShare = 1;
    private long leaseTtlMillis = 300_000;
    private boolean draining;
    private List<SetAside> setAside = List.of();
    private Targets targets = Targets.DEFAULT;

    public static ConfigDraft slots(int n) {
        return new ConfigDraft().ranges(range(0, n));
    }

    /** Slot ids and addresses go together: slot i has the i-th documentation address. */
    public static SlotRange range(int firstId, int count) {
        return new SlotRange(firstId, count, Addresses.ofV4(DOCUMENTATION_V4 + firstId));
    }

    public ConfigDraft ranges(SlotRange... ranges) {
        slots = List.of(ranges);
        return this;
    }

    public ConfigDraft cap(int sessions) {
        cap = sessions;
        return this;
    }

    public ConfigDraft minRest(long millis) {
        minRestMillis = millis;
        return this;
    }

    public ConfigDraft placement(PlacementPolicy policy) {
        placement = policy;
        return this;
    }

    public ConfigDraft shortenRestTo(long millis) {
        shortenRestTo = OptionalLong.of(millis);
        return this;
    }

    public ConfigDraft shareUpTo(int sessions) {
        shareUpTo = OptionalInt.of(sessions);
        return this;
    }

    public ConfigDraft maxRestingShare(double share) {
        maxRestingShare = share;
        return this;
    }

    public ConfigDraft leaseTtl(long millis) {
        leaseTtlMillis = millis;
        return this;
    }

    public ConfigDraft draining(boolean takesNoNewSessions) {
        draining = takesNoNewSessions;
        return this;
    }

    public ConfigDraft setAside(int... ids) {
        List<SetAside> all = new ArrayList<>();
        for (int id : ids) {
            all.add(new SetAside(id, SetAside.Cause.DRAINED, "test"));
        }
        setAside = all;
        return this;
    }

    public ConfigDraft targets(Targets judgedBy) {
        targets = judgedBy;
        return this;
    }

    /** The configuration as it stands, under the next version. */
    public PoolConfig next() {
        version++;
        return as(version, Optional.empty());
    }

    /** The configuration as it stands, under the next version, with an order. */
    public PoolConfig next(Order order) {
        version++;
        return as(version, Optional.of(order));
    }

    public PoolConfig as(long withVersion, Optional<Order> order) {
        return new PoolConfig(
                withVersion,
                slots,
                cap,
                minRestMillis,
                placement,
                new Ladder(shortenRestTo, shareUpTo),
                maxRestingShare,
                leaseTtlMillis,
                draining,
                setAside,
                order,
                targets);
    }
}
