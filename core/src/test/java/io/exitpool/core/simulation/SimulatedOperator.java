package io.exitpool.core.simulation;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.pool.ConfigDraft;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SetAside;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;

/** The operator of one server, who turns every knob there is. */
final class SimulatedOperator {
    private static final int LARGEST_ID = 28;

    private final Random random;
    private final boolean hasV4;
    private final boolean hasV6;
    private final TreeSet<Integer> ids = new TreeSet<>();
    private long version;

    SimulatedOperator(Random random) {
        this.random = random;
        hasV4 = random.nextInt(4) > 0;
        hasV6 = !hasV4 || random.nextBoolean();
        int slots = random.nextInt(5) == 0 ? 1 + random.nextInt(2) : 3 + random.nextInt(18);
        for (int id = 0; id < slots; id++) {
            ids.add(id);
        }
    }

    /** A first configuration, or any change of one or several knobs. */
    PoolConfig next(Optional<PoolConfig> current) {
        PoolConfig was = current.orElseGet(this::first);
        if (chance(30)) {
            return was;
        }
        version = Math.max(version, was.version()) + 1;
        if (chance(2)) {
            changeSlots();
        }
        int cap = chance(3) ? 1 + random.nextInt(3) : was.cap();
        return new PoolConfig(
                chance(30) ? Math.max(1, was.version() - random.nextInt(3)) : version,
                ranges(chance(30)),
                cap,
                chance(3) ? rest() : was.minRestMillis(),
                chance(3) ? placement() : was.placement(),
                ladder(cap),
                chance(2) ? 1 : random.nextDouble(),
                chance(4) ? ttl() : was.leaseTtlMillis(),
                chance(8),
                chance(2) ? List.of() : setAside(),
                chance(4) ? Optional.of(order()) : Optional.empty(),
                chance(8) ? targets() : was.targets());
    }

    PoolConfig rebuild(PoolConfig was) {
        version = Math.max(version, was.version()) + 1;
        return new PoolConfig(
                version,
                was.slots(),
                was.cap(),
                was.minRestMillis(),
                was.placement(),
                was.ladder(),
                was.maxRestingShare(),
                was.leaseTtlMillis(),
                was.draining(),
                was.setAside(),
                Optional.of(new Order.Rebuild()),
                was.targets());
    }

    private PoolConfig first() {
        return new PoolConfig(
                1,
                List.of(),
                1,
                rest(),
                placement(),
                Ladder.NONE,
                1,
                ttl(),
                false,
                List.of(),
                Optional.empty(),
                Targets.DEFAULT);
    }

    private void changeSlots() {
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            int id = random.nextInt(LARGEST_ID);
            if (!ids.remove(id)) {
                ids.add(id);
            }
        }
    }

    private List<SlotRange> ranges(boolean wrong) {
        List<SlotRange> ranges = new ArrayList<>();
        List<Integer> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); ) {
            int to = from + 1;
            while (to < all.size() && all.get(to) == all.get(to - 1) + 1 && !chance(6)) {
                to++;
            }
            int first = all.get(from);
            ranges.add(new SlotRange(first, to - from, addresses(wrong ? first + 1 : first)));
            from = to;
        }
        return ranges;
    }

    private Addresses addresses(int id) {
        return new Addresses(
                hasV4,
                hasV4 ? ConfigDraft.DOCUMENTATION_V4 + id : 0,
                hasV6,
                hasV6 ? ConfigDraft.DOCUMENTATION_V6 : 0,
                hasV6 ? id : 0);
    }

    private long rest() {
        return chance(4) ? 0 : random.nextInt(chance(2) ? 3_000 : 60_000);
    }

    private long ttl() {
        return 20_000L + random.nextInt(100_000);
    }

    private PlacementPolicy placement() {
        return PlacementPolicy.values()[random.nextInt(PlacementPolicy.values().length)];
    }

    private Ladder ladder(int cap) {
        return new Ladder(
                chance(2) ? OptionalLong.of(random.nextInt(10_000)) : OptionalLong.empty(),
                chance(2) ? OptionalInt.of(cap + random.nextInt(3)) : OptionalInt.empty());
    }

    private List<SetAside> setAside() {
        List<SetAside> all = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            all.add(new SetAside(random.nextInt(LARGEST_ID), SetAside.Cause.DRAINED, ""));
        }
        return all;
    }

    private Targets targets() {
        return new Targets(
                (1 + random.nextInt(999)) / 1_000.0,
                chance(2) ? Optional.of("se") : Optional.empty(),
                chance(2) ? Optional.of("sto") : Optional.empty());
    }

    private Order order() {
        return switch (random.nextInt(5)) {
            case 0 -> new Order.ResetEpoch();
            case 1 -> new Order.Rebuild();
            default -> new Order.ReleaseSlot(random.nextInt(LARGEST_ID));
        };
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
