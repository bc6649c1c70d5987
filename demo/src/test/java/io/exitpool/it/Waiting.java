package io.exitpool.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How these tests wait: for something to become true, with one deadline for all. */
final class Waiting {
    /** Far more than anything here takes, also on a machine that does other work. */
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final Duration EVERY = Duration.ofMillis(50);

    private Waiting() {}

    static void until(Callable<Boolean> condition) {
        until("", condition);
    }

    static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(AT_MOST).pollDelay(Duration.ZERO).pollInterval(EVERY).until(condition);
    }
}
