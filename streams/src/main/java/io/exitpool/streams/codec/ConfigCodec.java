package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SetAside;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.Targets;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.SetAsideCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Pool configurations both ways: in from the operators, out to the store's row. What no pool reads
 * (the next slot id) is not in a row: it takes its default there.
 */
public final class ConfigCodec {
    private ConfigCodec() {}

    /** What a record says. */
    public static Said read(io.exitpool.schemas.PoolConfig record) {
        try {
            return new Said.Config(decode(record));
        } catch (BadValueException e) {
            return new Said.Bad(e.getMessage());
        }
    }

    /**
     * @throws BadValueException when a field says what cannot be
     */
    public static PoolConfig decode(io.exitpool.schemas.PoolConfig config) {
        try {
            return new PoolConfig(
                    config.getVersion(),
                    config.getSlots().stream().map(ConfigCodec::slots).toList(),
                    config.getCap(),
                    config.getMinRestMillis(),
                    PlacementPolicy.valueOf(config.getPlacement().name()),
                    ladder(config.getLadder()),
                    config.getMaxRestingShare(),
                    config.getLeaseTtlMillis(),
                    config.getDraining(),
                    config.getSetAside().stream().map(ConfigCodec::setAside).toList(),
                    order(config.getOrder()),
                    new Targets(
                            config.getTargetBlocking(),
                            Optional.ofNullable(config.getCountry()),
                            Optional.ofNullable(config.getCity())));
        } catch (IllegalArgumentException e) {
            throw new BadValueException(e.getMessage(), e);
        }
    }

    public static io.exitpool.schemas.PoolConfig encode(PoolConfig config) {
        List<io.exitpool.schemas.SlotRange> slots = new ArrayList<>(config.slots().size());
        int nextSlotId = 0;
        for (SlotRange range : config.slots()) {
            slots.add(slots(range));
            nextSlotId = range.firstId() + range.count();
        }
        return new io.exitpool.schemas.PoolConfig(
                config.version(),
                slots,
                nextSlotId,
                config.cap(),
                config.minRestMillis(),
                Placement.valueOf(config.placement().name()),
                ladder(config.ladder()),
                config.maxRestingShare(),
                config.leaseTtlMillis(),
                config.targets().blocking(),
                config.draining(),
                config.setAside().stream().map(ConfigCodec::setAside).toList(),
                config.order().map(ConfigCodec::order).orElse(null),
                config.targets().country().orElse(null),
                config.targets().city().orElse(null));
    }

    private static SlotRange slots(io.exitpool.schemas.SlotRange range) {
        byte[] v4 = range.getFirstV4() == null ? null : range.getFirstV4().bytes();
        byte[] v6 = range.getFirstV6() == null ? null : range.getFirstV6().bytes();
        SlotRange decoded =
                new SlotRange(range.getFirstId(), range.getCount(), AddressCodec.decode(v4, v6));
        checkEnd(decoded);
        return decoded;
    }

    /** A range that wraps round would begin again at 0.0.0.0, which is nobody's exit address. */
    private static void checkEnd(SlotRange range) {
        Addresses first = range.first();
        Addresses last = first.plus(range.count() - 1);
        if (first.hasV4() && Integer.compareUnsigned(last.v4(), first.v4()) < 0) {
            throw new BadValueException("a slot range goes beyond the last IPv4 address");
        }
        if (first.hasV6() && Long.compareUnsigned(last.v6High(), first.v6High()) < 0) {
            throw new BadValueException("a slot range goes beyond the last IPv6 address");
        }
    }

    private static io.exitpool.schemas.SlotRange slots(SlotRange range) {
        Addresses first = range.first();
        return new io.exitpool.schemas.SlotRange(
                range.firstId(),
                range.count(),
                first.hasV4() ? new Ipv4(AddressCodec.v4(first)) : null,
                first.hasV6() ? new Ipv6(AddressCodec.v6(first)) : null);
    }

    private static Ladder ladder(io.exitpool.schemas.Ladder ladder) {
        Long rest = ladder.getShortenRestToMillis();
        Integer share = ladder.getShareUpTo();
        return new Ladder(
                rest == null ? OptionalLong.empty() : OptionalLong.of(rest),
                share == null ? OptionalInt.empty() : OptionalInt.of(share));
    }

    private static io.exitpool.schemas.Ladder ladder(Ladder ladder) {
        OptionalLong rest = ladder.shortenRestToMillis();
        OptionalInt share = ladder.shareUpTo();
        return new io.exitpool.schemas.Ladder(
                rest.isPresent() ? rest.getAsLong() : null,
                share.isPresent() ? share.getAsInt() : null);
    }

    private static SetAside setAside(io.exitpool.schemas.SetAside aside) {
        return new SetAside(
                aside.getSlot(),
                SetAside.Cause.valueOf(aside.getCause().name()),
                aside.getReason());
    }

    private static io.exitpool.schemas.SetAside setAside(SetAside aside) {
        return new io.exitpool.schemas.SetAside(
                aside.slot(), SetAsideCause.valueOf(aside.cause().name()), aside.reason());
    }

    private static Optional<Order> order(Object order) {
        if (order == null) {
            return Optional.empty();
        }
        if (order instanceof ReleaseSlot release) {
            return Optional.of(new Order.ReleaseSlot(release.getSlot()));
        }
        if (order instanceof ResetEpoch) {
            return Optional.of(new Order.ResetEpoch());
        }
        if (order instanceof Rebuild) {
            return Optional.of(new Order.Rebuild());
        }
        throw new BadValueException("an order of an unknown kind");
    }

    private static Object order(Order order) {
        Object[] encoded = new Object[1];
        order.match(
                release -> encoded[0] = new ReleaseSlot(release.slot()),
                () -> encoded[0] = new ResetEpoch(),
                () -> encoded[0] = new Rebuild());
        return encoded[0];
    }
}
