package io.exitpool.connect.dns.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.connect.dns.name.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SlotBookTest {

    private static final TopicPartition DECISIONS = new TopicPartition("decisions", 0);
    private static final TopicPartition CONFIGS = new TopicPartition("configs", 0);
    private static final SlotKey SLOT = new SlotKey("s", 12);
    private static final List<InetAddress> GRANTED = List.of(InetAddresses.parse("192.0.2.99"));
    private static final List<InetAddress> CONFIGURED = List.of(InetAddresses.parse("192.0.2.12"));
    private static final SlotRange RANGE =
            new SlotRange(10, 5, List.of(InetAddresses.parse("192.0.2.10")));

    private final SlotBook book = new SlotBook();

    @Test
    void shouldBelieveTheGrantBeforeTheConfiguration() {
        book.configured("s", List.of(RANGE), CONFIGS);
        book.granted(SLOT, GRANTED, DECISIONS);

        assertThat(book.emptied(SLOT)).contains(GRANTED);
        assertThat(book.emptied(SLOT)).contains(CONFIGURED);
    }

    @Test
    void shouldKnowTheAddressOfALeaseThatOutlivesItsPool() {
        book.configured("s", List.of(RANGE), CONFIGS);
        book.granted(SLOT, GRANTED, DECISIONS);
        book.configured("s", List.of(), CONFIGS);

        assertThat(book.emptied(SLOT)).contains(GRANTED);
        assertThat(book.emptied(SLOT)).isEmpty();
    }

    @Test
    void shouldForgetWhatAnotherTaskReads() {
        book.configured("s", List.of(RANGE), CONFIGS);
        book.granted(SLOT, GRANTED, DECISIONS);

        book.forget(List.of(DECISIONS));
        assertThat(book.emptied(SLOT)).contains(CONFIGURED);
        book.forget(List.of(CONFIGS));
        assertThat(book.emptied(SLOT)).isEmpty();
    }
}
