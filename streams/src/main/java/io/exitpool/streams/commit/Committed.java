package io.exitpool.streams.commit;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What one thread's transactions have committed to changelogs. Kafka Streams tells a store nothing
 * of its commits while a task runs; a store that is to hold committed rows only must know.
 */
public final class Committed {
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private long transactions;

    /** How many transactions were committed. */
    public long transactions() {
        return transactions;
    }

    /** Of the last committed record of a changelog; none when no transaction had one. */
    public OptionalLong offset(TopicPartition changelog) {
        Long offset = offsets.get(changelog);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** A transaction was committed, and these are the last records written so far. */
    public void commit(Map<TopicPartition, Long> written) {
        offsets.putAll(written);
        transactions++;
    }
}
