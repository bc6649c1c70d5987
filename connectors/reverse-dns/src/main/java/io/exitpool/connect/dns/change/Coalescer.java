package io.exitpool.connect.dns.change;

import io.exitpool.connect.dns.name.Wish;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The last wish of each address, oldest first. Wishes for one address within the linger time
 * collapse into the last of them, and into nothing when that is what the name server last
 * confirmed. As large as there are addresses, whatever the traffic and however long the name server
 * is away.
 */
public final class Coalescer {

    /**
     * Of the name server's confirmations only so many are remembered; losing one costs a change.
     */
    private static final int MOST_CONFIRMED = 1_000_000;

    private record Confirmed(String server, Wish wish, long at) {}

    private final long lingerNanos;
    private final long reassertNanos;
    private final Counters counters;

    /** In the order of {@link Change#since}: a superseding change keeps its predecessor's place. */
    private final Map<InetAddress, Change> pending = new LinkedHashMap<>();

    private final Map<InetAddress, Confirmed> confirmed =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<InetAddress, Confirmed> eldest) {
                    return size() > MOST_CONFIRMED;
                }
            };

    /**
     * An empty one.
     *
     * @param lingerNanos how long a change waits for a later one of its address
     * @param reassertNanos for how long a confirmation is believed; after it the same name is sent
     *     again, which heals what somebody else changed
     */
    public Coalescer(long lingerNanos, long reassertNanos, Counters counters) {
        this.lingerNanos = lingerNanos;
        this.reassertNanos = reassertNanos;
        this.counters = counters;
    }

    /** Takes what a record wants; the change's {@code since} is now. */
    public void want(Change change) {
        InetAddress address = change.address();
        Change before = pending.get(address);
        Optional<Wish> standing = standing(address, change.since());
        if (before == null) {
            if (standing.filter(change.wish()::equals).isPresent()) {
                counters.unchanged(1);
            } else {
                pending.put(address, change);
            }
        } else if (before.wish().equals(change.wish())) {
            counters.unchanged(1);
            pending.put(address, before.supersededBy(change));
        } else if (standing.filter(change.wish()::equals).isPresent()) {
            counters.coalesced(2);
            pending.remove(address);
        } else {
            counters.coalesced(1);
            pending.put(address, before.supersededBy(change));
        }
        publish();
    }

    /** The changes that have lingered long enough, oldest first. */
    public List<Change> ripe(long now) {
        return pending.values().stream()
                .takeWhile(change -> now - change.since() >= lingerNanos)
                .toList();
    }

    /** Nanoseconds until the oldest change is ripe, 0 when it is; empty when there is none. */
    public Optional<Long> ripeIn(long now) {
        return pending.values().stream()
                .findFirst()
                .map(change -> Math.max(0, change.since() + lingerNanos - now));
    }

    /**
     * Notes that the changes are about to be sent: until the answer, nobody knows which of the two
     * names an address has.
     */
    public void sending(Collection<Change> changes) {
        changes.forEach(change -> confirmed.remove(change.address()));
    }

    /** Notes that the name server has made the changes. */
    public void confirmed(Collection<Change> changes, long now) {
        for (Change change : changes) {
            pending.remove(change.address());
            confirmed.put(change.address(), new Confirmed(change.server(), change.wish(), now));
        }
        publish();
    }

    /** Gives a change up. */
    public void drop(Change change) {
        pending.remove(change.address());
        publish();
    }

    /** Believes no confirmation of this exit server's names: its addresses may have been away. */
    public void distrust(String server) {
        confirmed.values().removeIf(name -> name.server().equals(server));
    }

    /** Drops what came from partitions that another task reads now, and all confirmations. */
    public void forget(Collection<TopicPartition> partitions) {
        pending.values().removeIf(change -> partitions.contains(partition(change.source())));
        confirmed.clear();
        publish();
    }

    /** How many addresses wait. */
    public int size() {
        return pending.size();
    }

    /** Shows every record that a change still stands for. */
    public void forEachSource(Consumer<SinkRecord> consumer) {
        pending.values().forEach(change -> consumer.accept(change.source()));
    }

    private Optional<Wish> standing(InetAddress address, long now) {
        Confirmed name = confirmed.get(address);
        return name == null || now - name.at() > reassertNanos
                ? Optional.empty()
                : Optional.of(name.wish());
    }

    private void publish() {
        Iterator<Change> oldest = pending.values().iterator();
        counters.waiting(pending.size(), oldest.hasNext() ? oldest.next().sinceTimestamp() : 0);
    }

    private static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
}
