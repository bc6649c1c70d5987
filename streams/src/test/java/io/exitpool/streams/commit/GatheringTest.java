package io.exitpool.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final MockProcessorContext<byte[], byte[]> task = new MockProcessorContext<>();

    @Test
    void shouldHoldNothingUntilATaskDecides() {
        Gathering gathering = new Gathering();

        assertThat(gathering.isEmpty()).isTrue();
        gathering.decided(task);
        assertThat(gathering.isEmpty()).isFalse();
        assertThat(task.committed()).isFalse();
    }

    @Test
    void shouldAskTheTaskForOneCommit() {
        Gathering gathering = new Gathering();
        gathering.decided(task);

        gathering.commit();

        assertThat(task.committed()).isTrue();
        assertThat(gathering.isEmpty()).isTrue();
    }
}
