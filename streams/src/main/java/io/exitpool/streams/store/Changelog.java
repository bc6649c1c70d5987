package io.exitpool.streams.store;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * A store of rows as all topologies keep them, and its changelog, which forgets what is overwritten
 * within about an hour.
 */
public final class Changelog {

    private Changelog() {}

    /**
     * @param largestRow bytes of the largest row
     */
    public static StoreBuilder<RowStore> store(String name, int largestRow) {
        return new RowStoreBuilder(name, settings(largestRow));
    }

    /** How a changelog is created, apart from what depends on the cluster. */
    public static Map<String, String> settings(int largestRow) {
        return Map.of(
                "cleanup.policy", "compact",
                // The open segment is never compacted, so it is closed soon.
                "segment.ms", millis(Duration.ofMinutes(10)),
                // No overwritten row stays for longer, however little is written.
                "max.compaction.lag.ms", millis(Duration.ofHours(1)),
                // Only a restoring task needs tombstones, and it reads for seconds.
                "delete.retention.ms", millis(Duration.ofMinutes(10)),
                // A tenth of the log may be garbage before it is compacted: it stays small, and a
                // task's restore with it.
                "min.cleanable.dirty.ratio", "0.1",
                "max.message.bytes", String.valueOf(largestRow));
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
