package io.exitpool.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Samples;
import io.exitpool.schemas.Seed;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class UndecodableTest {

    private static final String SUBJECT = Topics.SESSION_EVENTS.subject();

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Wire wire = new Wire(registry, true);
    private final Deserializer<SessionEvent> deserializer =
            wire.serde(Topics.SESSION_EVENTS).deserializer();

    @Test
    void shouldTellWhyBytesAreNoRecord() throws Exception {
        byte[] tick = bytes(new SessionEvent(new Tick(1)));
        byte[] status =
                wire.serde(Topics.POOL_STATUS).serializer().serialize("", Samples.status(0));

        assertThat(reason()).isEqualTo(Reason.TOO_SHORT);
        assertThat(reason(0, 0, 0, 1)).isEqualTo(Reason.TOO_SHORT);
        assertThat(reason(1, 0, 0, 0, 1, 2)).isEqualTo(Reason.WRONG_MAGIC_BYTE);
        assertThat(reason('{', '"', 'a', '"', ':', '1', '}')).isEqualTo(Reason.WRONG_MAGIC_BYTE);
        assertThat(reason(0, 0, 0, 3, 120, 2, 2)).isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(reason(Arrays.copyOf(tick, tick.length - 1))).isEqualTo(Reason.TRUNCATED);
        assertThat(reason(Arrays.copyOf(tick, tick.length + 1))).isEqualTo(Reason.TRAILING_BYTES);
        assertThat(reason(status)).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        // a third variant of a union of two
        tick[5] = 4;
        assertThat(reason(tick)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldNameTypeAndReasonButNoContent() {
        UndecodableException thrown = undecodable(new byte[] {0, 0, 0, 3, 120, 2, 2});

        assertThat(thrown).hasMessage("no SessionEvent: UNKNOWN_SCHEMA, schema id 888");
    }

    @Test
    void shouldReadWhatANewerWriterAdded() throws Exception {
        // given a writer with another end reason and another field
        Schema newer =
                schema(
                        "\"PEER_RESET\",",
                        "\"PEER_RESET\",\"STRUCK_BY_LIGHTNING\",",
                        "\"fields\":[{\"name\":\"epoch\"",
                        "\"fields\":[{\"name\":\"kernel\",\"type\":\"string\",\"doc\":\"New.\"},"
                                + "{\"name\":\"epoch\"");
        int id = registry.register(SUBJECT, new AvroSchema(newer));
        GenericRecord ended = record(newer, "body", "SessionEnded");
        GenericRecord agent = record(newer, "AgentEvent");
        GenericRecord event = new GenericData.Record(newer);
        byte[] session = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        ended.put(
                "session",
                new GenericData.Fixed(ended.getSchema().getField("session").schema(), session));
        ended.put(
                "reason",
                new GenericData.EnumSymbol(
                        ended.getSchema().getField("reason").schema(), "STRUCK_BY_LIGHTNING"));
        agent.put("kernel", "6.12");
        agent.put("epoch", 5L);
        agent.put("seq", 6L);
        agent.put("occurredAt", 7L);
        agent.put("body", ended);
        event.put("event", agent);

        // when
        SessionEvent read = deserializer.deserialize("", bytes(id, newer, event));

        // then what is known is there, and the unknown reason is UNKNOWN
        assertThat(read.getEvent())
                .isEqualTo(
                        new AgentEvent(
                                5L,
                                6L,
                                7L,
                                new SessionEnded(
                                        new io.exitpool.schemas.SessionId(session),
                                        EndReason.UNKNOWN)));
    }

    @Test
    void shouldReadANewerWritersOldVariantsAndRefuseItsNewOne() throws Exception {
        // given a writer that has a third kind of event
        Schema newer =
                schema(
                        "{\"type\":\"record\",\"name\":\"Tick\"",
                        "{\"type\":\"record\",\"name\":\"Tock\",\"fields\":[]},"
                                + "{\"type\":\"record\",\"name\":\"Tick\"");
        int id = registry.register(SUBJECT, new AvroSchema(newer));
        GenericRecord tick = record(newer, "Tick");
        tick.put("partition", 3);
        GenericRecord known = new GenericData.Record(newer);
        known.put("event", tick);
        GenericRecord unknown = new GenericData.Record(newer);
        unknown.put("event", record(newer, "Tock"));

        SessionEvent read = deserializer.deserialize("", bytes(id, newer, known));
        UndecodableException thrown = undecodable(bytes(id, newer, unknown));

        assertThat(read).isEqualTo(new SessionEvent(new Tick(3)));
        assertThat(thrown.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        // and the reader has taken no harm
        assertThat(deserializer.deserialize("", bytes(id, newer, known))).isEqualTo(read);
    }

    @Test
    void shouldRefuseAWriterThatLeavesOutWhatWeNeed() throws Exception {
        Schema without =
                new Schema.Parser()
                        .parse(
                                "{\"type\":\"record\",\"namespace\":\"io.exitpool.schemas\","
                                        + "\"name\":\"SessionEvent\",\"fields\":[]}");
        int id = registry.register(SUBJECT, new AvroSchema(without));

        UndecodableException thrown =
                undecodable(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());

        assertThat(thrown.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        assertThat(thrown).hasMessageContaining("missing required field event");
    }

    @Test
    void shouldBelieveNoLengthThatTheBodyCannotHold() throws Exception {
        // given a snapshot part that says it has 2^31 - 9 entries, in a few bytes
        byte[] part = bytes(Samples.agent(new Random(1), Samples.part(new Random(1), 0)));
        byte[] head = Arrays.copyOf(part, part.length - 1);
        ByteArrayOutputStream lie = new ByteArrayOutputStream();
        lie.writeBytes(head);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(lie, null);
        encoder.writeLong(Integer.MAX_VALUE - 8L);
        encoder.flush();

        // then memory for them is not taken: the heap of this test would not hold them
        assertThat(reason(lie.toByteArray())).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void shouldSurviveAnyBytes() throws Exception {
        // given records with bytes changed, cut off, added and inserted
        Random random = new Random(Seed.of(getClass()));
        List<byte[]> samples = Samples.events(random).stream().map(this::bytes).toList();
        Deserializer<io.exitpool.schemas.PoolConfig> configs =
                wire.serde(Topics.POOL_CONFIGS).deserializer();
        byte[] config =
                wire.serde(Topics.POOL_CONFIGS)
                        .serializer()
                        .serialize("", Samples.config(4, "listed"));
        int undecodable = 0;

        // when they are read, nothing but a record or an UndecodableException comes out
        for (int i = 0; i < 40_000; i++) {
            undecodable += isUndecodable(deserializer, damaged(samples.get(i % 7), random));
            undecodable += isUndecodable(configs, damaged(config, random));
        }

        // then most were found out, and good ones are still read
        assertThat(undecodable).isGreaterThan(20_000);
        assertThat(deserializer.deserialize("", samples.get(3))).isNotNull();
        assertThat(configs.deserialize("", config)).isEqualTo(Samples.config(4, "listed"));
    }

    @Test
    void shouldFindEveryRecordThatIsCutShort() {
        for (SessionEvent event : Samples.events(new Random(4))) {
            byte[] whole = bytes(event);
            for (int length = 5; length < whole.length; length++) {
                assertThat(reason(Arrays.copyOf(whole, length))).isEqualTo(Reason.TRUNCATED);
            }
        }
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
            case 2 -> {
                byte[] noise = new byte[1 + random.nextInt(12)];
                random.nextBytes(noise);
                int at = 5 + random.nextInt(bytes.length - 4);
                ByteBuffer longer = ByteBuffer.allocate(bytes.length + noise.length);
                longer.put(bytes, 0, at).put(noise).put(bytes, at, bytes.length - at);
                bytes = longer.array();
            }
            default -> {
                for (int i = 0; i <= random.nextInt(4); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }

    private static int isUndecodable(Deserializer<?> deserializer, byte[] bytes) {
        try {
            deserializer.deserialize("", bytes);
            return 0;
        } catch (UndecodableException e) {
            return 1;
        }
    }

    private Reason reason(int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return reason(data);
    }

    private Reason reason(byte[] data) {
        return undecodable(data).reason();
    }

    private UndecodableException undecodable(byte[] data) {
        return catchThrowableOfType(
                UndecodableException.class, () -> deserializer.deserialize("", data));
    }

    private byte[] bytes(SessionEvent event) {
        return wire.serde(Topics.SESSION_EVENTS).serializer().serialize("", event);
    }

    private static byte[] bytes(int id, Schema schema, GenericRecord record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Our schema of events with parts of its text replaced. */
    private static Schema schema(String... replacements) {
        String text =
                Topics.SESSION_EVENTS.schema().toString().replaceAll(",\"doc\":\"[^\"]*\"", "");
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return new Schema.Parser().parse(text);
    }

    private static GenericRecord record(Schema event, String variant) {
        return new GenericData.Record(variant(event.getField("event").schema(), variant));
    }

    private static GenericRecord record(Schema event, String field, String variant) {
        Schema agent = variant(event.getField("event").schema(), "AgentEvent");
        return new GenericData.Record(variant(agent.getField(field).schema(), variant));
    }

    private static Schema variant(Schema union, String name) {
        return union.getTypes().stream()
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
