package io.exitpool.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.bench.load.FleetShape.PoolShape;
import io.exitpool.bench.stack.GroupLag;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.config.Part;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The configurations of a fleet, straight to their topic. Each pool has IPv6 addresses of its own;
 * all have the same IPv4 addresses, as there are no more to write examples with, and the largest
 * has none. Nothing expires: a benchmark reads in a minute what an hour has written, and sends
 * snapshots after so many events and not after so many seconds.
 */
public final class Configs {
    private static final byte[] DOCUMENTATION_V4 = {(byte) 203, 0, 113, 0};
    private static final int DOCUMENTATION_V4_SIZE = 256;
    private static final int DOCUMENTATION_V6 = 0x2001_0db8;
    private static final int V6_BYTES = 16;
    private static final Duration LEASE_TTL = Duration.ofHours(24);

    private static final Duration READ_WITHIN = Duration.ofSeconds(60);

    private Configs() {}

    /**
     * How all pools of a fleet are to be run.
     *
     * @param minRest the rest that is promised
     * @param hardFloor the rest when nothing has rested for so long; so a start is never rejected
     *     while a slot is empty
     */
    public record PoolRules(Duration minRest, Duration hardFloor, Placement placement) {

        /**
         * A rest that slots do take, and that no start has to wait for: events of a fleet that is
         * read as fast as it can be come thousands of times as often as in life.
         */
        public static final PoolRules DEFAULT =
                new PoolRules(Duration.ofMillis(10), Duration.ZERO, Placement.UNIFORM_RANDOM);
    }

    /** Writes version 1 of every pool's configuration, and waits until it is written. */
    public static void write(Connection connection, FleetShape fleet, PoolRules rules) {
        try (Wire wire = connection.wire();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                connection.producer(),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            Serializer<PoolConfig> values = wire.serde(Topics.POOL_CONFIGS).serializer();
            String topic = Topics.POOL_CONFIGS.name();
            List<Future<?>> written = new ArrayList<>();
            for (int i = 0; i < fleet.servers(); i++) {
                PoolShape pool = fleet.pools().get(i);
                byte[] value = values.serialize(topic, config(pool, i, rules));
                written.add(
                        producer.send(
                                new ProducerRecord<>(topic, pool.server().getBytes(UTF_8), value)));
            }
            for (Future<?> record : written) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("the configurations were not written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Writes them, and waits until the allocation has read them: a start before that would be
     * rejected, because configurations and events are two topics without an order between them.
     */
    public static void apply(Connection connection, FleetShape fleet, PoolRules rules) {
        write(connection, fleet, rules);
        GroupLag.awaitBelow(
                1,
                connection,
                Part.ALLOCATION.applicationId(),
                Topics.POOL_CONFIGS.name(),
                READ_WITHIN);
    }

    /** One pool's configuration. */
    public static PoolConfig config(PoolShape pool, int index, PoolRules rules) {
        boolean hasV4 = pool.slots() <= DOCUMENTATION_V4_SIZE;
        SlotRange range =
                new SlotRange(
                        0,
                        pool.slots(),
                        hasV4 ? new Ipv4(DOCUMENTATION_V4.clone()) : null,
                        new Ipv6(firstV6(index)));
        return PoolConfig.newBuilder()
                .setVersion(1)
                .setSlots(List.of(range))
                .setNextSlotId(pool.slots())
                .setMinRestMillis(rules.minRest().toMillis())
                .setLadder(new Ladder(rules.hardFloor().toMillis(), null))
                .setPlacement(rules.placement())
                .setLeaseTtlMillis(LEASE_TTL.toMillis())
                .build();
    }

    /** The first of a /64 for each server. */
    private static byte[] firstV6(int index) {
        return ByteBuffer.allocate(V6_BYTES).putInt(DOCUMENTATION_V6).putInt(index).array();
    }
}
