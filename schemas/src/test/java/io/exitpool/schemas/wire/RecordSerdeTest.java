package io.exitpool.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.Samples;
import io.exitpool.schemas.Seed;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class RecordSerdeTest {

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Wire wire = new Wire(registry, true);

    @Test
    void shouldReadBackEveryKindOfRecord() {
        Random random = new Random(Seed.of(getClass()));

        Samples.events(random).forEach(event -> shouldComeBack(Topics.SESSION_EVENTS, event));
        Samples.decisions(random).forEach(one -> shouldComeBack(Topics.DECISIONS, one));
        shouldComeBack(Topics.POOL_CONFIGS, Samples.config(3, "listed by a mail provider"));
        shouldComeBack(Topics.POOL_CONFIGS, Samples.config(0, ""));
        shouldComeBack(Topics.POOL_STATUS, Samples.status(2));
        for (Topic<PoolStats> topic :
                List.of(
                        Topics.POOL_STATS_1M,
                        Topics.POOL_STATS_1H,
                        Topics.FLEET_STATS_1M,
                        Topics.FLEET_STATS_1H)) {
            Samples.stats(random).forEach(window -> shouldComeBack(topic, window));
        }
        Samples.alerts(random).forEach(alert -> shouldComeBack(Topics.POOL_ALERTS, alert));
    }

    @Test
    void shouldWriteTheConfluentWireFormatAsAvroItselfWrites() throws Exception {
        for (Decision decision : Samples.decisions(new Random(1))) {
            byte[] bytes = write(Topics.DECISIONS, decision);

            ParsedSchema schema = registry.getSchemaById(ByteBuffer.wrap(bytes, 1, 4).getInt());
            assertThat(bytes[0]).isZero();
            assertThat(schema.rawSchema()).isEqualTo(Topics.DECISIONS.schema());
            assertThat(new ByteArray(bytes).from(5)).isEqualTo(avro(decision));
        }
    }

    @Test
    void shouldReadWhatAvroItselfReads() throws Exception {
        // given a record, read by Avro's generic reader from our bytes
        SessionEvent event = Samples.agent(new Random(2), Samples.part(new Random(2), 4));
        byte[] bytes = write(Topics.SESSION_EVENTS, event);

        Object generic =
                new GenericDatumReader<>(Topics.SESSION_EVENTS.schema())
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(bytes, 5, bytes.length - 5, null));

        assertThat(generic).hasToString(event.toString());
    }

    @Test
    void shouldWriteLargeIdsAndReadThemFromAnyPlaceInABuffer() throws Exception {
        // given a registry whose next id needs all four bytes
        int id = 0x81_02_03_04;
        registry.register(
                Topics.POOL_STATUS.subject(),
                new AvroSchema(Topics.POOL_STATUS.schema()),
                1,
                0x01_02_03_04);
        Serde<PoolStatus> serde = wire.serde(Topics.POOL_STATUS);
        PoolStatus status = Samples.status(1);

        byte[] bytes = serde.serializer().serialize("", status);
        ByteBuffer inside = ByteBuffer.allocate(bytes.length + 20);
        inside.position(10).put(bytes).limit(inside.position()).position(10);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

        assertThat(id & 0x7f_ff_ff_ff).isEqualTo(ByteBuffer.wrap(bytes, 1, 4).getInt());
        assertThat(serde.deserializer().deserialize("", new RecordHeaders(), inside.slice()))
                .isEqualTo(status);
        assertThat(serde.deserializer().deserialize("", new RecordHeaders(), direct))
                .isEqualTo(status);
        assertThat(inside.remaining()).isEqualTo(bytes.length);
    }

    @Test
    void shouldLeaveTombstonesAlone() {
        Serde<PoolStatus> serde = wire.serde(Topics.POOL_STATUS);

        assertThat(serde.serializer().serialize("", null)).isNull();
        assertThat(serde.deserializer().deserialize("", null)).isNull();
        assertThat(serde.deserializer().deserialize("", new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    @Test
    void shouldServeSeveralThreadsWithOneSerde() throws Exception {
        // given one serde, as Kafka Streams shares it among its threads
        Serde<SessionEvent> serde = wire.serde(Topics.SESSION_EVENTS);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        try {
            // when four threads write and read records of their own
            List<Future<Integer>> wrong =
                    java.util.stream.IntStream.range(0, 4)
                            .mapToObj(thread -> threads.submit(() -> wrong(serde, thread)))
                            .toList();

            // then none sees another's
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldSayThatARecordIsNotComplete() {
        SessionEvent nobody = new SessionEvent();

        assertThatThrownBy(() -> write(Topics.SESSION_EVENTS, nobody))
                .isInstanceOf(SerializationException.class)
                .hasMessage("a SessionEvent is not complete");
        // and the next record is written as if nothing had been
        shouldComeBack(Topics.SESSION_EVENTS, new SessionEvent(new Tick(1)));
    }

    private static int wrong(Serde<SessionEvent> serde, int thread) {
        Random random = new Random(thread);
        int wrong = 0;
        for (int i = 0; i < 2_000; i++) {
            SessionEvent event = Samples.agent(random, Samples.part(random, random.nextInt(5)));
            byte[] bytes = serde.serializer().serialize("", event);
            wrong += event.equals(serde.deserializer().deserialize("", bytes)) ? 0 : 1;
        }
        return wrong;
    }

    private <T extends SpecificRecord> void shouldComeBack(Topic<T> topic, T value) {
        Serde<T> serde = wire.serde(topic);
        byte[] bytes = serde.serializer().serialize(topic.name(), value);
        assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(value);
    }

    private <T extends SpecificRecord> byte[] write(Topic<T> topic, T value) {
        return wire.serde(topic).serializer().serialize(topic.name(), value);
    }

    private static byte[] avro(Decision decision) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(decision.getSchema(), org.apache.avro.specific.SpecificData.get())
                .write(decision, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private record ByteArray(byte[] bytes) {
        byte[] from(int start) {
            return java.util.Arrays.copyOfRange(bytes, start, bytes.length);
        }
    }
}
