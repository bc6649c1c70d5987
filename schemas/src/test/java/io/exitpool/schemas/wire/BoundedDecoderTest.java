package io.exitpool.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.schemas.Seed;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;

class BoundedDecoderTest {

    private static final String ALL_TYPES =
            """
            {"type":"record","name":"All","fields":[
              {"name":"n","type":"null"},
              {"name":"t","type":"boolean"},
              {"name":"i","type":"int"},
              {"name":"l","type":"long"},
              {"name":"f","type":"float"},
              {"name":"d","type":"double"},
              {"name":"s","type":"string"},
              {"name":"b","type":"bytes"},
              {"name":"x","type":{"type":"fixed","name":"X","size":5}},
              {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
              {"name":"a","type":{"type":"array","items":["null","long",{"type":"map","values":"int"}]}},
              {"name":"m","type":{"type":"map","values":{"type":"array","items":"string"}}}
            ]}
            """;

    private interface Writing {
        void to(Encoder encoder) throws IOException;
    }

    private final BoundedDecoder decoder = new BoundedDecoder();

    @Test
    void shouldReadAndSkipWhateverAvroWrites() throws IOException {
        Schema all = new Schema.Parser().parse(ALL_TYPES);
        Schema none =
                new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"All\",\"fields\":[]}");
        long seed = Seed.of(getClass());

        for (Object random : new RandomData(all, 500, seed)) {
            for (boolean blocks : new boolean[] {false, true}) {
                byte[] bytes = write(all, random, blocks);

                // read whole, and skipped by a reader that wants nothing of it
                begin(bytes);
                Object read = new GenericDatumReader<>(all).read(null, decoder);
                assertThat(decoder.finish()).isZero();
                assertThat(read).isEqualTo(random);
                begin(bytes);
                new GenericDatumReader<>(all, none).read(null, decoder);
                assertThat(decoder.finish()).isZero();
            }
        }
    }

    @Test
    void shouldReadNumbersToTheirLimits() throws IOException {
        for (long value :
                new long[] {0, -1, 63, 64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 40}) {
            begin(bytes(encoder -> encoder.writeLong(value)));
            assertThat(decoder.readLong()).isEqualTo(value);
            begin(bytes(encoder -> encoder.writeLong(Long.MAX_VALUE - value)));
            assertThat(decoder.readLong()).isEqualTo(Long.MAX_VALUE - value);
        }
        begin(bytes(encoder -> encoder.writeLong(Long.MIN_VALUE)));
        assertThat(decoder.readLong()).isEqualTo(Long.MIN_VALUE);
        begin(bytes(encoder -> encoder.writeInt(Integer.MIN_VALUE)));
        assertThat(decoder.readInt()).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void shouldRefuseWhatIsNoNumber() throws IOException {
        begin(bytes(encoder -> encoder.writeLong(1L + Integer.MAX_VALUE)));
        assertThatThrownBy(decoder::readInt).hasMessage("an int of 2147483648");
        begin(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
        assertThatThrownBy(decoder::readLong).hasMessage("a number of more than 10 bytes");
        begin(new byte[] {2});
        assertThatThrownBy(decoder::readBoolean).hasMessage("a boolean of 2");
        begin(new byte[] {1, 0});
        assertThatThrownBy(decoder::readString).isInstanceOf(AvroRuntimeException.class);
    }

    @Test
    void shouldBelieveNoLengthAndNoCount() {
        byte[] lie = bytes(encoder -> encoder.writeLong(Integer.MAX_VALUE - 8L));
        byte[] block = bytes(encoder -> encoder.writeLong(Long.MIN_VALUE));

        for (Reading reading : lengths()) {
            begin(lie);
            assertThatThrownBy(() -> reading.from(decoder)).isInstanceOf(EOFException.class);
        }
        begin(Arrays.copyOf(block, block.length + 1));
        assertThatThrownBy(decoder::readArrayStart).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldCountTheItemsOfAllArraysTogether() throws IOException {
        // given items that take no bytes: each count alone would fit into the body
        begin(new byte[] {6, 6, 0, 0});

        assertThat(decoder.readArrayStart()).isEqualTo(3);
        assertThatThrownBy(decoder::arrayNext).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldStayWithinItsBody() throws IOException {
        // given a body within a larger array
        byte[] around = bytes(encoder -> encoder.writeFixed(new byte[] {9, 2, 4, 9, 9}));
        decoder.begin(around, 1, 2);

        assertThat(decoder.readInt()).isEqualTo(1);
        assertThat(decoder.readInt()).isEqualTo(2);
        assertThatThrownBy(decoder::readInt).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> decoder.skipFixed(1)).isInstanceOf(EOFException.class);
        assertThat(decoder.finish()).isZero();
    }

    private interface Reading {
        Object from(BoundedDecoder decoder) throws IOException;
    }

    private static List<Reading> lengths() {
        List<Reading> readings = new ArrayList<>();
        readings.add(BoundedDecoder::readString);
        readings.add(decoder -> decoder.readString(null));
        readings.add(decoder -> decoder.readBytes(null));
        readings.add(BoundedDecoder::readArrayStart);
        readings.add(BoundedDecoder::readMapStart);
        readings.add(BoundedDecoder::skipArray);
        readings.add(BoundedDecoder::skipMap);
        return readings;
    }

    private void begin(byte[] bytes) {
        decoder.begin(bytes, 0, bytes.length);
    }

    private static byte[] write(Schema schema, Object value, boolean blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncoderFactory encoders = new EncoderFactory().configureBlockSize(64);
        BinaryEncoder encoder =
                blocks
                        ? encoders.blockingBinaryEncoder(out, null)
                        : encoders.binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writing.to(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
