package io.exitpool.streams.commit;

import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka Streams' clients. The main consumer sees when nothing more waits, and asks for a commit
 * then; the producer notes what was committed. A consumer that has nothing to hand out returns at
 * once instead of waiting, and Kafka Streams commits before it asks again. It also sees to it that
 * configurations are read before the events that follow them, and that tasks which have just begun
 * read on while no record waits.
 *
 * <p>With {@code group.protocol=streams} Kafka Streams makes its main consumer itself: then only
 * the commit interval counts, and Kafka Streams itself waits for configurations.
 */
public final class GroupCommit implements KafkaClientSupplier {
    /** Where a store's settings carry an instance of this class. */
    public static final String SETTING = "exitpool.group.commit";

    /** How long a record that comes while a task reads on may wait. */
    private static final Duration READ_AT_ONCE = Duration.ofMillis(5);

    private final ThreadLocal<Gathering> gatherings = ThreadLocal.withInitial(Gathering::new);
    private final ThreadLocal<Committed> committed = ThreadLocal.withInitial(Committed::new);
    private final HandOut handOut =
            new HandOut(
                    List.of(
                            new ReadOrder(Topics.POOL_CONFIGS.name(), Topics.SESSION_EVENTS.name()),
                            new TicksLast(Topics.SESSION_EVENTS.name(), this::ofThisThread)));

    /** What the calling thread, one of Kafka Streams', gathers. */
    public Gathering ofThisThread() {
        return gatherings.get();
    }

    /** What the calling thread, one of Kafka Streams', has committed. */
    public Committed committedByThisThread() {
        return committed.get();
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return new GatheringConsumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return plainConsumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return plainConsumer(settings);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new TrackingProducer(settings, committed::get);
    }

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    private static Consumer<byte[], byte[]> plainConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The main consumer of one thread. */
    private final class GatheringConsumer extends KafkaConsumer<byte[], byte[]> {
        GatheringConsumer(Map<String, Object> settings) {
            super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            Gathering gathering = ofThisThread();
            gathering.polls();
            ConsumerRecords<byte[], byte[]> more =
                    handOut.of(this, super.poll(gathering.nextLook(timeout)));
            gathering.handsOut(more.count());
            if (more.isEmpty() && !gathering.isEmpty()) {
                gathering.commit();
            } else if (gathering.isReading()) {
                gathering.readOn(more.isEmpty() ? READ_AT_ONCE : Duration.ZERO);
            }
            return more;
        }
    }
}
