package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The log of configurations and an allocator that lags behind it, as far as the giving and taking
 * of addresses is concerned: slots are used, left, and rest until {@link #rest} is called. It
 * checks after every step that no address can be used in two places.
 */
final class SimulatedFleet {

    private record Written(
            long offset, String server, Optional<PoolConfig> config, Optional<FormerNote> note) {}

    /** What the allocator has of one server. */
    private static final class Pool {
        private long offset = -1;
        private Optional<PoolConfig> config = Optional.empty();
        private final SortedMap<Integer, SlotAddresses> retiring = new TreeMap<>();
        private boolean known;
        private final Set<Integer> used = new HashSet<>();
        private final Map<Integer, SlotAddresses> everHad = new HashMap<>();
    }

    private final List<Written> log = new ArrayList<>();
    private final Map<String, Pool> pools = new HashMap<>();
    private final Map<String, PoolStatus> statuses = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();
    private long nextOffset;

    void write(Plan plan) {
        for (ServerPlan server : plan.writes()) {
            write(server.server(), server.after(), Optional.of(server.note()));
        }
    }

    void write(String server, Optional<PoolConfig> config, Optional<FormerNote> note) {
        // What is written is what can be read back.
        Optional<FormerNote> asRead = note.flatMap(n -> FormerNote.of(n.toBytes()));
        log.add(new Written(nextOffset++, server, config, asRead));
    }

    /** Keeps only the last record of each server, as the cleaner does sooner or later. */
    void compact() {
        gone.clear();
        Map<String, Long> last = new HashMap<>();
        log.forEach(written -> last.put(written.server(), written.offset()));
        log.removeIf(written -> written.offset() != last.get(written.server()));
    }

    /** Tombstones of pools that are gone do not stay for ever; nothing then knows their ids. */
    void expireTombstones() {
        for (Written written : List.copyOf(log)) {
            if (written.config().isEmpty() && !statuses.containsKey(written.server())) {
                log.remove(written);
                pools.get(written.server()).everHad.clear();
            }
        }
    }

    /** The allocator reads the server's next record, if there is one. */
    void takeUpOne(String server) {
        Pool pool = pools.computeIfAbsent(server, s -> new Pool());
        log.stream()
                .filter(w -> w.server().equals(server) && w.offset() > pool.offset)
                .findFirst()
                .ifPresent(written -> takeUp(pool, written));
        report(server);
    }

    void takeUpAll(String server) {
        long last =
                log.stream()
                        .filter(written -> written.server().equals(server))
                        .mapToLong(Written::offset)
                        .max()
                        .orElse(-1);
        do {
            takeUpOne(server);
        } while (pools.get(server).offset < last);
    }

    /** A session starts on the slot, if the allocator may grant it. */
    void use(String server, int slot) {
        Pool pool = pools.get(server);
        if (pool != null && configured(pool).containsKey(slot)) {
            pool.used.add(slot);
        }
    }

    void leave(String server, int slot) {
        Pool pool = pools.get(server);
        if (pool != null) {
            pool.used.remove(slot);
        }
    }

    /** Every retiring slot that is not used has rested, and is gone. */
    void rest(String server) {
        Pool pool = pools.computeIfAbsent(server, s -> new Pool());
        pool.retiring.keySet().removeIf(slot -> !pool.used.contains(slot));
        report(server);
    }

    FleetState state() {
        SortedMap<String, StoredPool> stored = new TreeMap<>();
        for (Written written : log) {
            StoredPool before = stored.getOrDefault(written.server(), StoredPool.UNKNOWN);
            stored.put(
                    written.server(),
                    written.config()
                            .map(
                                    c ->
                                            before.after(
                                                    c,
                                                    written.note(),
                                                    written.offset(),
                                                    written.offset()))
                            .orElseGet(
                                    () ->
                                            before.afterTombstone(
                                                    written.note(),
                                                    written.offset(),
                                                    written.offset())));
        }
        return new FleetState(stored, new TreeMap<>(statuses), gone);
    }

    SortedSet<String> servers() {
        SortedSet<String> servers = new TreeSet<>(pools.keySet());
        log.forEach(written -> servers.add(written.server()));
        return servers;
    }

    /**
     * No address can be used in two places: not where it is retiring, and not by any configuration
     * that the allocator has or will read. And no id was ever given to other addresses.
     */
    void check() {
        Map<Address, String> users = new HashMap<>();
        for (String server : servers()) {
            Map<Integer, SlotAddresses> usable = usable(server);
            usable.forEach(
                    (slot, addresses) -> {
                        for (Address address : addresses.all()) {
                            String user = server + " slot " + slot;
                            String other = users.put(address, user);
                            if (other != null) {
                                throw new AssertionError(
                                        address + " on " + other + " and on " + user);
                            }
                        }
                    });
        }
    }

    private Map<Integer, SlotAddresses> usable(String server) {
        Pool pool = pools.computeIfAbsent(server, s -> new Pool());
        Map<Integer, SlotAddresses> usable = new HashMap<>(pool.retiring);
        merge(server, usable, configured(pool));
        for (Written written : log) {
            if (written.server().equals(server) && written.offset() > pool.offset) {
                written.config().ifPresent(c -> merge(server, usable, SlotTable.of(c.getSlots())));
            }
        }
        usable.forEach(
                (slot, addresses) -> {
                    SlotAddresses before = pool.everHad.putIfAbsent(slot, addresses);
                    if (before != null && !before.equals(addresses)) {
                        throw new AssertionError(
                                server + " slot " + slot + ": " + before + ", then " + addresses);
                    }
                });
        return usable;
    }

    private static void merge(
            String server, Map<Integer, SlotAddresses> all, Map<Integer, SlotAddresses> more) {
        more.forEach(
                (slot, addresses) -> {
                    SlotAddresses before = all.put(slot, addresses);
                    if (before != null && !before.equals(addresses)) {
                        throw new AssertionError(
                                server + " slot " + slot + ": " + before + " and " + addresses);
                    }
                });
    }

    private static void takeUp(Pool pool, Written written) {
        pool.offset = written.offset();
        pool.known |= written.config().isPresent();
        if (written.config().isPresent()
                && pool.config.isPresent()
                && written.config().get().getVersion() <= pool.config.get().getVersion()) {
            throw new AssertionError(written.server() + ": the allocator refuses the version");
        }
        pool.retiring.putAll(configured(pool));
        pool.config = written.config();
        pool.retiring.keySet().removeAll(configured(pool).keySet());
    }

    private static SortedMap<Integer, SlotAddresses> configured(Pool pool) {
        return SlotTable.of(pool.config.map(PoolConfig::getSlots).orElse(List.of()));
    }

    private void report(String server) {
        Pool pool = pools.get(server);
        if (pool.config.isEmpty() && pool.retiring.isEmpty()) {
            if (pool.known) {
                statuses.remove(server);
                gone.put(server, pool.offset);
                pool.known = false;
            }
            return;
        }
        pool.known = true;
        gone.remove(server);
        int slots = configured(pool).size() + pool.retiring.size();
        statuses.put(
                server,
                status(
                        pool.config.map(PoolConfig::getVersion).orElse(null),
                        slots,
                        pool.used.size(),
                        List.copyOf(pool.retiring.keySet())));
    }

    static PoolStatus status(Long version, int slots, int sessions, List<Integer> retiring) {
        return PoolStatus.newBuilder()
                .setWatermark(0)
                .setDecisions(0)
                .setSilentMillis(0)
                .setConfigVersion(version)
                .setSynced(true)
                .setSlots(slots)
                .setFree(slots - sessions)
                .setResting(0)
                .setInUse(sessions)
                .setSetAside(0)
                .setSessions(sessions)
                .setLoads(List.of())
                .setCap(1)
                .setMinRestMillis(0)
                .setTargetBlocking(0.001)
                .setRetiring(retiring)
                .setCounters(PoolCounters.newBuilder().build())
                .build();
    }
}
