package io.exitpool.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class WriteBatchBufferTest {

    static {
        RocksDB.loadLibrary();
    }

    @Test
    void shouldWriteWhatRocksDbWrites() throws RocksDBException {
        Random random = new Random(7);
        WriteBatchBuffer ours = new WriteBatchBuffer();
        for (int round = 0; round < 20; round++) {
            try (WriteBatch its = new WriteBatch()) {
                for (int row = 0; row < 200; row++) {
                    byte[] key = bytes(random, 1 + random.nextInt(200));
                    if (random.nextInt(4) == 0) {
                        ours.delete(key);
                        its.delete(key);
                    } else {
                        byte[] value = bytes(random, random.nextInt(20_000) >> random.nextInt(15));
                        ours.put(key, value);
                        its.put(key, value);
                    }
                }

                assertThat(ours.serialized()).isEqualTo(its.data());
            }
            ours.clear();
        }
    }

    @Test
    void shouldBeEmptyOnceItIsHandedOver() {
        WriteBatchBuffer buffer = new WriteBatchBuffer();

        buffer.put(new byte[] {1}, new byte[1 << 20]);
        buffer.clear();

        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.serialized()).hasSize(12).containsOnly(0);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
