package io.exitpool.connect.dns.change;

import static io.exitpool.connect.dns.change.Changes.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The two brakes: so many a second, and a failing server left alone. */
class PaceTest {

    @Test
    void shouldGiveOutASecondsWorthAndRefill() {
        TokenBucket bucket = new TokenBucket(10, 0);

        assertThat(bucket.available(0)).isEqualTo(10);
        bucket.take(10);
        assertThat(bucket.available(0)).isZero();
        assertThat(bucket.nanosUntilOne(0)).isEqualTo(SECOND / 10);
        assertThat(bucket.available(SECOND / 2)).isEqualTo(5);
        assertThat(bucket.available(100 * SECOND)).isEqualTo(10);
    }

    @Test
    void shouldLeaveAFailingServerAloneForLongerEachTime() {
        Patience patience =
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(60));

        assertThat(patience.nanosUntilTry(0)).isZero();
        patience.failed(0);
        assertThat(patience.nanosUntilTry(0)).isEqualTo(SECOND);
        patience.failed(SECOND);
        assertThat(patience.nanosUntilTry(SECOND)).isEqualTo(2 * SECOND);
        patience.failed(3 * SECOND);
        patience.failed(7 * SECOND);
        assertThat(patience.nanosUntilTry(7 * SECOND)).isEqualTo(4 * SECOND);
        assertThat(patience.exhausted(59 * SECOND)).isFalse();
        assertThat(patience.exhausted(60 * SECOND)).isTrue();
        patience.succeeded();
        assertThat(patience.nanosUntilTry(60 * SECOND)).isZero();
        assertThat(patience.exhausted(200 * SECOND)).isFalse();
    }

    @Test
    void shouldNeverGiveUpWhenToldSo() {
        Patience patience =
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ZERO);
        patience.failed(0);

        assertThat(patience.exhausted(Long.MAX_VALUE / 2)).isFalse();
    }
}
