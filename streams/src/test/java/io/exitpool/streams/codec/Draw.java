package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.SetAside;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.core.pool.Targets;
import io.exitpool.core.stats.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** Draws values of the domain, extremes more often than chance would. */
final class Draw {
    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    AgentEvent event() {
        return new AgentEvent(positive(), positive(), random.nextLong(4_000_000_000L), eventBody());
    }

    private EventBody eventBody() {
        return switch (random.nextInt(4)) {
            case 0 -> new SessionStarted(session(), slot(), slot(), random.nextInt(1_000));
            case 1 -> new SessionEnded(session());
            case 2 -> snapshotPart();
            default -> new ServerStarted();
        };
    }

    private SnapshotPart snapshotPart() {
        int parts = 1 + random.nextInt(SnapshotPart.MAX_PARTS);
        List<SnapshotEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            entries.add(new SnapshotEntry(session(), slot(), slot()));
        }
        return new SnapshotPart(any(), random.nextInt(parts), parts, entries);
    }

    PoolConfig config() {
        int cap = 1 + random.nextInt(PoolConfig.MAX_CAP);
        return new PoolConfig(
                positive(),
                ranges(),
                cap,
                random.nextLong(Long.MAX_VALUE),
                one(PlacementPolicy.values()),
                new Ladder(
                        chance()
                                ? OptionalLong.of(random.nextLong(1L << 40))
                                : OptionalLong.empty(),
                        chance()
                                ? OptionalInt.of(cap + random.nextInt(PoolConfig.MAX_CAP - cap + 1))
                                : OptionalInt.empty()),
                random.nextDouble(),
                positive(),
                random.nextBoolean(),
                setAside(),
                order(),
                targets());
    }

    Decision decision() {
        return new Decision(session(), number(), number(), number(), number(), outcome());
    }

    private Outcome outcome() {
        return switch (random.nextInt(3)) {
            case 0 ->
                    new Granted(
                            random.nextInt(Integer.MAX_VALUE),
                            addresses(),
                            one(Choice.values()),
                            one(Rung.values()),
                            number(),
                            random.nextInt(PoolConfig.MAX_CAP),
                            random.nextInt(100),
                            random.nextBoolean());
            case 1 -> new Rejected(one(RejectCause.values()), any(), random.nextInt(100));
            default ->
                    new Released(
                            random.nextInt(Integer.MAX_VALUE),
                            one(ReleaseCause.values()),
                            any(),
                            random.nextInt(PoolConfig.MAX_CAP));
        };
    }

    PoolStatus status() {
        byte[] map = new byte[random.nextInt(PoolStatus.MAX_MAP + 1)];
        random.nextBytes(map);
        int slots = count();
        return new PoolStatus(
                any(),
                any(),
                number(),
                number(),
                random.nextBoolean(),
                number(),
                random.nextLong(Long.MAX_VALUE),
                text(),
                slots,
                count(),
                count(),
                count(),
                random.nextInt(slots + 1),
                count(),
                random.ints(random.nextInt(5), 0, Integer.MAX_VALUE).boxed().toList(),
                1 + count(),
                random.nextLong(Long.MAX_VALUE),
                targets(),
                random.nextBoolean(),
                random.ints(random.nextInt(5)).boxed().toList(),
                chance() ? Optional.of(map) : Optional.empty(),
                counters());
    }

    /** A decision as statistics keep it. */
    Fact fact() {
        return new Fact(any(), any(), number(), outcome());
    }

    PoolRow poolRow() {
        return new PoolRow(
                number(),
                any(),
                any(),
                random.nextBoolean(),
                any(),
                number(),
                random.nextBoolean(),
                ranges(),
                text(),
                counters());
    }

    SlotRow slotRow() {
        return new SlotRow(any(), random.nextBoolean(), any(), any(), any());
    }

    LeaseRow leaseRow() {
        return new LeaseRow(random.nextInt(), any(), any(), any(), any());
    }

    OptionalLong number() {
        return chance() ? OptionalLong.of(any()) : OptionalLong.empty();
    }

    SessionId session() {
        return new SessionId(any(), any());
    }

    String server() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
        StringBuilder name = new StringBuilder();
        for (int i = 1 + random.nextInt(63); i > 0; i--) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }

    int slotId() {
        return chance() ? Integer.MAX_VALUE : random.nextInt(Integer.MAX_VALUE);
    }

    private int count() {
        return random.nextInt(Integer.MAX_VALUE - 1);
    }

    private List<SlotRange> ranges() {
        List<SlotRange> ranges = new ArrayList<>();
        int next = 0;
        for (int i = random.nextInt(6); i > 0; i--) {
            int first = next + random.nextInt(1_000);
            int count = 1 + random.nextInt(1_000);
            ranges.add(new SlotRange(first, count, addresses()));
            next = first + count;
        }
        return ranges;
    }

    /** A thousand and more below the end of either family, for a range to follow. */
    private Addresses addresses() {
        boolean v4 = chance();
        boolean v6 = !v4 || chance();
        return new Addresses(
                v4,
                v4 ? random.nextInt() & 0xffff_0000 : 0,
                v6,
                v6 ? random.nextLong() : 0,
                v6 ? random.nextLong() & ~0xffffL : 0);
    }

    private List<SetAside> setAside() {
        List<SetAside> all = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            all.add(
                    new SetAside(
                            random.nextInt(1_000),
                            one(SetAside.Cause.values()),
                            text().orElse("")));
        }
        return all;
    }

    private Optional<Order> order() {
        return switch (random.nextInt(4)) {
            case 0 -> Optional.of(new Order.ReleaseSlot(random.nextInt(1_000)));
            case 1 -> Optional.of(new Order.ResetEpoch());
            case 2 -> Optional.of(new Order.Rebuild());
            default -> Optional.empty();
        };
    }

    private PoolCounters counters() {
        return new PoolCounters(any(), any(), any(), any(), any(), any(), any());
    }

    private Targets targets() {
        return new Targets((1 + random.nextInt(999)) / 1_000.0, text(), text());
    }

    private OptionalInt slot() {
        return chance() ? OptionalInt.of(slotId()) : OptionalInt.empty();
    }

    private Optional<String> text() {
        return chance()
                ? Optional.of("blocked by \u00fcber-list \u2713 " + any())
                : Optional.empty();
    }

    private long positive() {
        return 1 + random.nextLong(Long.MAX_VALUE);
    }

    private long any() {
        return switch (random.nextInt(8)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> 0;
            default -> random.nextLong();
        };
    }

    private boolean chance() {
        return random.nextInt(3) > 0;
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
