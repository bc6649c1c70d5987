package io.exitpool.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadOrderTest {
    private static final TopicPartition CONFIGS = new TopicPartition("configs", 3);
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final TopicPartition OTHER_EVENTS = new TopicPartition("events", 4);
    private static final TopicPartition OTHER_CONFIGS = new TopicPartition("configs", 4);

    private final HandOut handOut = new HandOut(List.of(new ReadOrder("configs", "events")));
    private final LaggingConsumer consumer = new LaggingConsumer();

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

        ConsumerRecords<byte[], byte[]> kept = handOut.of(consumer, consumer.poll(Duration.ZERO));

        assertThat(kept.nextOffsets()).containsOnlyKeys(OTHER_EVENTS);
    }

    @Test
    void shouldHoldEventsBackWhileNothingIsKnownOfTheirConfigurations() {
        consumer.lagIsUnknown(CONFIGS);
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
        return LaggingConsumer.offsets(handOut.of(consumer, consumer.poll(Duration.ZERO)));
    }
}
