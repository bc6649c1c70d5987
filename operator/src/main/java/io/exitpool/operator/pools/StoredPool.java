package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SlotRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the log of configurations says about one server: its configuration in force, and what came
 * before it as far as it matters. It is built up record by record and takes a record as the
 * allocator does: one whose version is not above the one in force changes nothing.
 *
 * @param config empty once a tombstone removed it
 * @param note what went along with the record in force, or what earlier records tell if nothing did
 * @param complete whether the note names all former slots; without that it names those that the log
 *     still tells of
 * @param offset of the record in force
 * @param timestamp of the record in force, in milliseconds since 1970
 */
record StoredPool(
        Optional<PoolConfig> config,
        FormerNote note,
        boolean complete,
        long offset,
        long timestamp) {

    /** A server of which the log says nothing. */
    static final StoredPool UNKNOWN =
            new StoredPool(
                    Optional.empty(), new FormerNote(0, 0, 0, false, List.of()), true, -1, -1);

    StoredPool {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(note, "note");
    }

    /** This server after a record of its configuration, with the note that went along with it. */
    StoredPool after(PoolConfig next, Optional<FormerNote> with, long at, long time) {
        if (config.isPresent() && next.getVersion() <= config.get().getVersion()) {
            return this;
        }
        FormerNote told =
                new FormerNote(
                        Math.max(version(), next.getVersion()),
                        Math.max(Math.max(nextSlotId(), next.getNextSlotId()), aboveAll(next)),
                        with.map(FormerNote::since).orElseGet(() -> since(next.getVersion())),
                        false,
                        with.map(FormerNote::former)
                                .orElseGet(() -> leaving(SlotTable.of(next.getSlots()))));
        boolean isFirst = next.getVersion() == 1;
        return new StoredPool(Optional.of(next), told, isFirst || knows(with), at, time);
    }

    /** This server after a tombstone, with the note that went along with it. */
    StoredPool afterTombstone(Optional<FormerNote> with, long at, long time) {
        FormerNote told =
                with.orElseGet(
                        () ->
                                new FormerNote(
                                        version(),
                                        nextSlotId(),
                                        note.since(),
                                        false,
                                        leaving(new TreeMap<>())));
        return new StoredPool(Optional.empty(), told, knows(with), at, time);
    }

    private boolean knows(Optional<FormerNote> with) {
        return with.isPresent() || offset >= 0 && complete;
    }

    /** The highest version ever seen; it outlives a tombstone. */
    long version() {
        return note.version();
    }

    /** The lowest id that was never given to a slot; it outlives a tombstone. */
    int nextSlotId() {
        return note.nextSlotId();
    }

    /** Slots that left and may still be in use. */
    List<FormerSlots> former() {
        return note.former();
    }

    /** The first version since the server was last removed, when this is the next one. */
    long since(long next) {
        return config.isPresent() ? note.since() : next;
    }

    /** The slots of the configuration in force. */
    SortedMap<Integer, SlotAddresses> slots() {
        return SlotTable.of(config.map(PoolConfig::getSlots).orElse(List.of()));
    }

    private static int aboveAll(PoolConfig config) {
        return config.getSlots().stream()
                .mapToInt(range -> range.getFirstId() + range.getCount())
                .max()
                .orElse(0);
    }

    private List<FormerSlots> leaving(Map<Integer, SlotAddresses> staying) {
        return leaving(former(), staying);
    }

    /**
     * Former slots when the given ones are what remains: those that leave now, and of those before
     * the ones that may still be in use.
     */
    List<FormerSlots> leaving(List<FormerSlots> before, Map<Integer, SlotAddresses> staying) {
        List<FormerSlots> all = new ArrayList<>();
        Map<Long, SortedMap<Integer, SlotAddresses>> byVersion = new HashMap<>();
        for (FormerSlots slots : before) {
            SlotTable.of(List.of(slots.range()))
                    .forEach(
                            (id, addresses) -> {
                                if (!staying.containsKey(id)) {
                                    byVersion
                                            .computeIfAbsent(
                                                    slots.lastVersion(), v -> new TreeMap<>())
                                            .put(id, addresses);
                                }
                            });
        }
        config.ifPresent(
                now ->
                        slots().forEach(
                                        (id, addresses) -> {
                                            if (!staying.containsKey(id)) {
                                                byVersion
                                                        .computeIfAbsent(
                                                                now.getVersion(),
                                                                v -> new TreeMap<>())
                                                        .put(id, addresses);
                                            }
                                        }));
        new TreeMap<>(byVersion)
                .forEach(
                        (last, slots) -> {
                            for (SlotRange range : SlotTable.ranges(slots)) {
                                all.add(new FormerSlots(range, last));
                            }
                        });
        return all;
    }
}
