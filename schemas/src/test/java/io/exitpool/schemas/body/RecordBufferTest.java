package io.exitpool.schemas.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RecordBufferTest {
    private final Random random = new Random(Seed.of(RecordBufferTest.class));
    private final RecordBuffer buffer = new RecordBuffer();

    @Test
    void shouldEncodeAsAvroDoes() throws IOException {
        for (int n = 0; n < 10_000; n++) {
            // given numbers of every length
            long number = random.nextLong() >> random.nextInt(Long.SIZE);
            int fixed = random.nextInt();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(expected, null);
            avro.writeLong(number);
            avro.writeInt((int) number);
            avro.writeBoolean(number > 0);
            avro.writeFixed(ByteBuffer.allocate(Integer.BYTES).putInt(fixed).array());
            avro.writeFixed(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            // when
            buffer.begin();
            buffer.putNumber(number);
            buffer.putNumber((int) number);
            buffer.putBoolean(number > 0);
            buffer.putFixed(fixed);
            buffer.putFixed(number);
            // then
            assertThat(buffer.record()).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void shouldGrowWithARecordAndBeginAnew() {
        // given a record of more than is kept
        buffer.begin(new byte[] {1, 2});
        for (int n = 0; n < 200_000; n++) {
            buffer.putFixed((long) n);
        }
        assertThat(buffer.record()).hasSize(2 + 200_000 * Long.BYTES).startsWith(1, 2);
        // when, then
        buffer.begin(new byte[] {3});
        buffer.putNumber(-1);
        assertThat(buffer.record()).containsExactly(3, 1);
    }
}
