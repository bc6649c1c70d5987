package io.exitpool.connect.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * When to try again, and until when: the wait doubles with each failure in a row, and what the
 * receiver asks for counts if it is longer. Waits are not random, because a connector has one task.
 */
final class RetryPlan {
    private final Duration first;
    private final Duration longest;
    private final Duration giveUpAfter;

    private Instant failingSince;
    private int failures;

    RetryPlan(Duration first, Duration longest, Duration giveUpAfter) {
        this.first = first;
        this.longest = longest;
        this.giveUpAfter = giveUpAfter;
    }

    /** It went well. */
    void reset() {
        failingSince = null;
        failures = 0;
    }

    /** It failed; how long to wait, or empty if it has failed for too long. */
    OptionalLong failed(Instant now, OptionalLong retryAfterMillis) {
        if (failingSince == null) {
            failingSince = now;
        }
        if (failures > 0 && !now.isBefore(failingSince.plus(giveUpAfter))) {
            return OptionalLong.empty();
        }
        failures++;
        double doubled = Math.scalb((double) first.toMillis(), failures - 1);
        long millis = (long) Math.max(doubled, retryAfterMillis.orElse(0));
        return OptionalLong.of(Math.min(millis, longest.toMillis()));
    }
}
