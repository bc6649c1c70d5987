package io.exitpool.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerCheckTest {
    private static final Duration SESSION = Duration.ofMillis(1_500);

    @Test
    void shouldNameEverySettingThatCostsTime() {
        Map<String, String> defaults =
                Map.of(
                        "add.partitions.to.txn.retry.backoff.ms", "20",
                        "group.min.session.timeout.ms", "6000",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000");

        assertThat(BrokerCheck.advice(defaults, SESSION))
                .containsExactly(
                        "add.partitions.to.txn.retry.backoff.ms=1 (it is 20: decisions wait for it"
                                + " behind the commit before theirs)",
                        "group.min.session.timeout.ms=1500 (it is 6000: a crash is noticed no"
                                + " sooner)",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms=500 (it is"
                                + " 10000: after a crash agents wait up to that longer)");
    }

    @Test
    void shouldSaySomethingOnlyOfWhatIsKnownAndTooMuch() {
        Map<String, String> good =
                Map.of(
                        "add.partitions.to.txn.retry.backoff.ms", "1",
                        "group.min.session.timeout.ms", "1500");

        assertThat(BrokerCheck.advice(good, SESSION)).isEmpty();
    }
}
