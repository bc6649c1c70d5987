package io.exitpool.connect.dns.decision;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The addresses of slots: of those in use as their grants said, of all others as their pool's
 * configuration says. A grant comes first, since a slot that left its pool may still be in use. As
 * large as there are sessions and configured ranges.
 */
public final class SlotBook {

    private record Lease(TopicPartition source, List<InetAddress> addresses) {}

    private record Pool(TopicPartition source, List<SlotRange> slots) {}

    private final Map<SlotKey, Lease> leases = new HashMap<>();
    private final Map<String, Pool> pools = new HashMap<>();

    /** Notes what a grant said. */
    public void granted(SlotKey slot, List<InetAddress> addresses, TopicPartition source) {
        leases.put(slot, new Lease(source, addresses));
    }

    /** Notes a pool's configuration; no slots: there is none. */
    public void configured(String server, List<SlotRange> slots, TopicPartition source) {
        if (slots.isEmpty()) {
            pools.remove(server);
        } else {
            pools.put(server, new Pool(source, slots));
        }
    }

    /** The addresses of a slot that emptied; empty when nobody told them yet. */
    public Optional<List<InetAddress>> emptied(SlotKey slot) {
        Lease lease = leases.remove(slot);
        if (lease != null) {
            return Optional.of(lease.addresses());
        }
        Pool pool = pools.get(slot.server());
        if (pool == null) {
            return Optional.empty();
        }
        return pool.slots().stream()
                .filter(range -> range.contains(slot.slot()))
                .findFirst()
                .map(range -> range.addressesOf(slot.slot()));
    }

    /** Drops what was read from partitions that another task reads now. */
    public void forget(Collection<TopicPartition> partitions) {
        leases.values().removeIf(lease -> partitions.contains(lease.source()));
        pools.values().removeIf(pool -> partitions.contains(pool.source()));
    }
}
