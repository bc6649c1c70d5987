package io.exitpool.connect.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class ReadOffsetsTest {
    private final ReadOffsets offsets = new ReadOffsets();
    private final Told told = new Told();

    @Test
    void shouldReadNothingTwice() {
        SinkRecord first = told.open("a", "EXHAUSTED", Told.OPENED);

        assertThat(offsets.next(first)).isTrue();
        assertThat(offsets.next(first)).isFalse();
        assertThat(offsets.next(told.open("a", "EXHAUSTED", Told.OPENED))).isTrue();
    }

    @Test
    void shouldCommitWhatWasDeliveredOnly() {
        SinkRecord first = told.open("a", "EXHAUSTED", Told.OPENED);
        offsets.next(first);
        offsets.next(told.open("b", "EXHAUSTED", Told.OPENED));

        assertThat(offsets.committable(at(2))).isEmpty();
        offsets.delivered(first);
        assertThat(offsets.committable(at(2))).isEqualTo(at(1));
    }

    @Test
    void shouldCommitWhatNobodyCouldConvertOnceAllBeforeItIsDelivered() {
        SinkRecord first = told.open("a", "EXHAUSTED", Told.OPENED);
        assertThat(offsets.committable(at(0))).isEqualTo(at(0));
        offsets.next(first);

        assertThat(offsets.committable(at(3))).isEmpty();
        offsets.delivered();
        assertThat(offsets.committable(at(3))).isEqualTo(at(3));
    }

    @Test
    void shouldForgetPartitionsThatAreGone() {
        offsets.next(told.open("a", "EXHAUSTED", Told.OPENED));
        offsets.delivered();

        offsets.forget(List.of(Told.PARTITION));

        assertThat(offsets.committable(Map.of())).isEmpty();
    }

    private static Map<TopicPartition, OffsetAndMetadata> at(long offset) {
        return Map.of(Told.PARTITION, new OffsetAndMetadata(offset));
    }
}
