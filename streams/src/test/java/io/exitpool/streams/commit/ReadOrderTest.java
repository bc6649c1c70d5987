package io.exitpool.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadOrderTest {
    private static final TopicPartition CONFIGS = new TopicPartition("configs", 3);
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final TopicPartition OTHER_EVENTS = new TopicPartition("events", 4);
    private static final TopicPartition OTHER_CONFIGS = new TopicPartition("configs", 4);

    private final ReadOrder order = new ReadOrder("configs", "events");
    private final Consumer consumer = new Consumer();

    @BeforeEach
    void readFromTheBeginning() {
        List<TopicPartition> all = List.of(CONFIGS, EVENTS, OTHER_CONFIGS, OTHER_EVENTS);
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, 0));
    }

    @Test
    void shouldHandOutEventsWhenNoConfigurationIsUnread() {
        consumer.holds(EVENTS, 0, 1);

        assertThat(read()).containsExactly("events-3@0", "events-3@1");
    }

    @Test
    void shouldHoldEventsBackUntilTheirConfigurationsWereRead() {
        // given configurations that the broker has, and that were not fetched
        consumer.lag(CONFIGS, 2);
        consumer.holds(EVENTS, 0, 1);
        consumer.holds(OTHER_EVENTS, 0);

        // when they are polled, then only what has nothing to wait for comes
        assertThat(read()).containsExactly("events-4@0");
        assertThat(consumer.position(EVENTS)).isZero();

        // when the configurations came, then all comes that was held back, once
        consumer.lag(CONFIGS, 0);
        consumer.holds(CONFIGS, 0, 1);
        consumer.holds(EVENTS, 0, 1);
        assertThat(read())
                .containsExactlyInAnyOrder(
                        "configs-3@0", "configs-3@1", "events-3@0", "events-3@1");
    }

    @Test
    void shouldNotLetTheNextOffsetsTellOfWhatIsHeldBack() {
        consumer.lag(CONFIGS, 1);
        consumer.holds(EVENTS, 0);
        consumer.holds(OTHER_EVENTS, 0);

        ConsumerRecords<byte[], byte[]> kept = order.keep(consumer, consumer.poll(Duration.ZERO));

        assertThat(kept.nextOffsets()).containsOnlyKeys(OTHER_EVENTS);
    }

    @Test
    void shouldHoldEventsBackWhileNothingIsKnownOfTheirConfigurations() {
        consumer.lags.put(CONFIGS, OptionalLong.empty());
        consumer.holds(EVENTS, 0);

        assertThat(read()).isEmpty();
    }

    @Test
    void shouldNotWaitForConfigurationsOfWhichThereAreEnough() {
        consumer.lag(CONFIGS, 1_000);
        consumer.pause(List.of(CONFIGS));
        consumer.holds(EVENTS, 0);

        assertThat(read()).containsExactly("events-3@0");
    }

    @Test
    void shouldNeverHoldConfigurationsBack() {
        consumer.lag(CONFIGS, 1);
        consumer.lag(EVENTS, 1);
        consumer.holds(CONFIGS, 0);

        assertThat(read()).containsExactly("configs-3@0");
    }

    private List<String> read() {
        ConsumerRecords<byte[], byte[]> kept = order.keep(consumer, consumer.poll(Duration.ZERO));
        Stream<ConsumerRecord<byte[], byte[]>> records =
                StreamSupport.stream(kept.spliterator(), false);
        return records.map(one -> "%s-%d@%d".formatted(one.topic(), one.partition(), one.offset()))
                .toList();
    }

    /** One whose lags are what the test says, and 0 where it says nothing. */
    private static final class Consumer extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, OptionalLong> lags = new HashMap<>();

        Consumer() {
            super("earliest");
        }

        void lag(TopicPartition partition, long lag) {
            lags.put(partition, OptionalLong.of(lag));
        }

        void holds(TopicPartition partition, long... offsets) {
            for (long offset : offsets) {
                addRecord(
                        new ConsumerRecord<>(
                                partition.topic(),
                                partition.partition(),
                                offset,
                                new byte[0],
                                new byte[0]));
            }
        }

        @Override
        public synchronized OptionalLong currentLag(TopicPartition partition) {
            return lags.getOrDefault(partition, OptionalLong.of(0));
        }
    }
}
