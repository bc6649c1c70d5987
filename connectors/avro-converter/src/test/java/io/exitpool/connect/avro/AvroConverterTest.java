package io.exitpool.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroConverterTest {

    private static final int RECORDS = 300;
    private static final long SEED = Seeds.of(AvroConverterTest.class);

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroConverter converter = new AvroConverter();

    @BeforeEach
    void use() {
        converter.use(new WriterSchemas(registry));
    }

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldGiveEveryFieldOfEveryRecord(Topic<?> topic) throws Exception {
        int id = registry.register(topic.subject(), new AvroSchema(topic.schema()));

        for (Object datum : new RandomData(topic.schema(), RECORDS, SEED)) {
            SchemaAndValue data =
                    converter.toConnectData(topic.name(), wire(topic.schema(), id, datum));

            ConnectSchema.validateValue(data.schema(), data.value());
            Likeness.check(topic.schema(), datum, data.value());
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldReadDamagedBytesOrRefuseThem(Topic<?> topic) throws Exception {
        Random random = new Random(SEED);
        int id = registry.register(topic.subject(), new AvroSchema(topic.schema()));

        for (Object datum : new RandomData(topic.schema(), RECORDS, SEED)) {
            byte[] bytes = wire(topic.schema(), id, datum);
            bytes[5 + random.nextInt(bytes.length - 5)] ^= (byte) (1 << random.nextInt(8));
            try {
                SchemaAndValue data = converter.toConnectData(topic.name(), bytes);
                ConnectSchema.validateValue(data.schema(), data.value());
            } catch (DataException e) {
                assertThat(e).hasMessageContaining(topic.subject());
            }
        }
    }

    @Test
    void shouldNameTheBranchThatADecisionIs() throws Exception {
        Topic<?> topic = Topics.DECISIONS;
        int id = registry.register(topic.subject(), new AvroSchema(topic.schema()));
        Object datum = new RandomData(topic.schema(), 1, SEED).iterator().next();

        SchemaAndValue data =
                converter.toConnectData(topic.name(), wire(topic.schema(), id, datum));

        Struct outcome = ((Struct) data.value()).getStruct("outcome");
        assertThat(outcome.schema().fields())
                .extracting("name")
                .containsExactly("Granted", "Rejected", "Released");
        assertThat(outcome.schema().field("Granted").schema().field("v4").schema().name())
                .isEqualTo("io.exitpool.schemas.Ipv4");
    }

    @Test
    void shouldKeepATombstone() {
        assertThat(converter.toConnectData("exit-pool-alerts", null))
                .isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void shouldSayWhatIsNotInTheWireFormat() {
        assertThatThrownBy(() -> read("exit-pool-alerts", "{\"server\":1}".getBytes()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a value of exit-pool-alerts is not in the registry's wire")
                .hasMessageContaining("12 bytes and begins with 123");
        assertThatThrownBy(() -> read("exit-pool-alerts", new byte[0]))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it has 0 bytes.");
    }

    @Test
    void shouldSayWhichSubjectAndIdCannotBeRead() throws Exception {
        Topic<?> topic = Topics.POOL_ALERTS;
        int id = registry.register(topic.subject(), new AvroSchema(topic.schema()));
        Object datum = new RandomData(topic.schema(), 1, SEED).iterator().next();
        byte[] whole = wire(topic.schema(), id, datum);

        assertThatThrownBy(() -> read(topic.name(), Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("(subject exit-pool-alerts-value, schema id " + id + ")")
                .hasMessageContaining("is no Alert");
        assertThatThrownBy(() -> read(topic.name(), Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 bytes are left behind its Alert");
        assertThatThrownBy(() -> read(topic.name(), new byte[] {0, 0, 0, 3, (byte) 0xe8, 1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("schema id 1000")
                .hasMessageContaining("no such schema");
    }

    @Test
    void shouldNotBlameTheRecordForARegistryThatIsAway() {
        AvroConverter unanswered = new AvroConverter();
        unanswered.configure(
                Map.of(
                        "schema.registry.url", "http://127.0.0.1:1",
                        "schema.registry.http.connect.timeout.ms", "200"),
                false);

        assertThatThrownBy(() -> unanswered.toConnectData("t", new byte[] {0, 0, 0, 0, 1, 1}))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("check that it runs");
    }

    @Test
    void shouldAskForTheRegistrysAddress() {
        assertThatThrownBy(() -> new AvroConverter().configure(Map.of(), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.converter.schema.registry.url");
        assertThatThrownBy(
                        () ->
                                new AvroConverter()
                                        .configure(
                                                Map.of("schema.registry.url", "registry:8081"),
                                                false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must begin with http://");
    }

    @Test
    void shouldRefuseToWrite() {
        assertThatThrownBy(() -> converter.fromConnectData("t", null, "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("reads only");
    }

    private void read(String topic, byte[] value) {
        converter.toConnectData(topic, value);
    }

    private static byte[] wire(org.apache.avro.Schema schema, int id, Object datum)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
