package io.exitpool.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicksLastTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final TopicPartition OTHER = new TopicPartition("events", 4);
    private static final TopicPartition CONFIGS = new TopicPartition("configs", 3);

    private final Gathering gathering = new Gathering();
    private final HandOut handOut = new HandOut(List.of(new TicksLast("events", () -> gathering)));
    private final LaggingConsumer consumer = new LaggingConsumer();

    @BeforeEach
    void readFromTheBeginning() {
        List<TopicPartition> all = List.of(EVENTS, OTHER, CONFIGS);
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, 0));
        gathering.polls();
    }

    @Test
    void shouldHandOutTicksOfTasksThatHaveReadAll() {
        consumer.holds(EVENTS, 0);
        consumer.holdsTick(EVENTS, 1);

        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ZERO);

        assertThat(handOut.of(consumer, polled)).isSameAs(polled);
    }

    @Test
    void shouldHoldATickAndWhatFollowsItBackUntilAllIsRead() {
        // given a task that reads
        gathering.reads(3, () -> false);
        records();

        // when, then
        assertThat(read()).containsExactlyInAnyOrder("events-3@0", "events-4@0");
        assertThat(consumer.position(EVENTS)).isEqualTo(1);

        // when it has read, then all comes that was held back, once
        gathering.readOn(Duration.ZERO);
        consumer.holdsTick(EVENTS, 1);
        consumer.holds(EVENTS, 2);
        assertThat(read()).containsExactly("events-3@1", "events-3@2");
    }

    @Test
    void shouldLetTheNextOffsetBeThatOfTheTick() {
        gathering.reads(3, () -> false);
        records();

        ConsumerRecords<byte[], byte[]> kept = handOut.of(consumer, consumer.poll(Duration.ZERO));

        assertThat(kept.nextOffsets().get(EVENTS))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(1L);
        assertThat(kept.nextOffsets().get(OTHER))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(1L);
    }

    @Test
    void shouldHoldNothingBackOfOtherTopics() {
        gathering.reads(3, () -> true);
        consumer.holdsTick(CONFIGS, 0);

        assertThat(read()).containsExactly("configs-3@0");
    }

    private void records() {
        consumer.holds(EVENTS, 0);
        consumer.holdsTick(EVENTS, 1);
        consumer.holds(EVENTS, 2);
        consumer.holdsTick(OTHER, 0);
    }

    private List<String> read() {
        return LaggingConsumer.offsets(handOut.of(consumer, consumer.poll(Duration.ZERO)));
    }
}
