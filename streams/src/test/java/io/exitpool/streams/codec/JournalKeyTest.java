package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.exitpool.streams.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JournalKeyTest {

    @Test
    void shouldReadWhatItWrote() {
        Draw draw = new Draw(Seed.of(JournalKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            JournalKey entry = JournalKey.entry(server, draw.slotId());
            JournalKey snapshot = JournalKey.snapshot(server);

            assertThat(JournalKey.decode(entry.encode())).isEqualTo(entry);
            assertThat(JournalKey.decode(snapshot.encode())).isEqualTo(snapshot);
        }
    }

    @Test
    void shouldKeepTheEntriesOfAServerInOrder() {
        Draw draw = new Draw(Seed.of(JournalKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            int place = draw.slotId() / 2;

            assertThat(
                            Arrays.compareUnsigned(
                                    JournalKey.entry(server, place).encode(),
                                    JournalKey.entry(server, place + 1).encode()))
                    .isNegative();
        }
    }

    @Test
    void shouldRefuseBytesThatAreNoKey() {
        for (byte[] none :
                new byte[][] {
                    {}, {'a'}, {'a', 0}, {'a', 0, 'x'}, {'a', 0, 's', 1}, {'a', 0, 'j', 1, 2, 3}
                }) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> JournalKey.decode(none));
        }
    }
}
