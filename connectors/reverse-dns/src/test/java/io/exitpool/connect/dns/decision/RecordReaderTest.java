package io.exitpool.connect.dns.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.connect.dns.Records;
import io.exitpool.connect.dns.name.InetAddresses;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private final RecordReader reader = new RecordReader(Records.CONFIGS);

    @Test
    void shouldReadBothAddressesOfAGrant() {
        assertThat(reader.read(Records.granted(0, "s", 3, "192.0.2.7", "2001:db8::7")))
                .isEqualTo(
                        new News.Granted(
                                new SlotKey("s", 3),
                                List.of(
                                        InetAddresses.parse("192.0.2.7"),
                                        InetAddresses.parse("2001:db8::7"))));
    }

    @Test
    void shouldReadAReleaseThatEmptiesItsSlot() {
        assertThat(reader.read(Records.released(0, "s", 3, "ENDED", 0)))
                .isEqualTo(new News.Emptied(new SlotKey("s", 3)));
    }

    @Test
    void shouldPassOverWhatChangesNoName() {
        assertThat(reader.read(Records.released(0, "s", 3, "ENDED", 1)))
                .isEqualTo(new News.Nothing());
        assertThat(reader.read(Records.released(0, "s", 3, "PASSED_ON", 0)))
                .isEqualTo(new News.Nothing());
        assertThat(reader.read(Records.rejected(0, "s"))).isEqualTo(new News.Nothing());
    }

    @Test
    void shouldReadAPoolAndItsRemoval() {
        News.Configured pool =
                (News.Configured) reader.read(Records.config(0, "s", 10, 3, "192.0.2.254"));

        SlotRange range = pool.slots().get(0);
        assertThat(range.contains(9)).isFalse();
        assertThat(range.contains(13)).isFalse();
        assertThat(range.addressesOf(12)).containsExactly(InetAddresses.parse("192.0.3.0"));
        assertThat(reader.read(Records.record(Records.CONFIGS, 0, "s", null, null)))
                .isEqualTo(new News.Configured("s", List.of()));
    }

    @Test
    void shouldSayWhichConverterIsMissing() {
        SinkRecord bytes = Records.record(Records.DECISIONS, 0, "s", null, new byte[] {0});
        SinkRecord keyless = Records.record(Records.DECISIONS, 0, null, null, null);

        assertThatThrownBy(() -> reader.read(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("value.converter");
        assertThatThrownBy(() -> reader.read(keyless))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("key.converter");
    }
}
