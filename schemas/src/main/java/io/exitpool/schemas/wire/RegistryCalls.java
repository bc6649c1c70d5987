package io.exitpool.schemas.wire;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry until it answers. No answer, a 5xx, a 408 or a 429 is an outage: the caller
 * waits, with growing pauses, until the registry is back or the wire is closed. Any other answer
 * goes to the caller. All threads of a wire share one outage, so that it is logged once.
 */
final class RegistryCalls {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    /** A call that the registry's client makes. */
    interface Call<R> {
        R run() throws IOException, RestClientException;
    }

    private final Duration firstPause;
    private final Duration longestPause;
    private final Duration patience;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean outage = new AtomicBoolean();

    RegistryCalls(Duration firstPause, Duration longestPause, Duration patience) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.patience = patience;
    }

    /**
     * The call's answer.
     *
     * @throws RestClientException the registry's refusal, 4xx other than 401, 403, 408 and 429
     * @throws RegistryException for 401 and 403, and when there was no answer for as long as the
     *     patience lasts
     * @throws WireClosedException if the wire is closed, or the thread interrupted, before the
     *     answer
     */
    <R> R untilAnswered(String what, Call<R> call) throws RestClientException {
        long asked = System.nanoTime();
        long pause = firstPause.toMillis();
        while (true) {
            String trouble;
            try {
                R answer = call.run();
                outageIsOver();
                return answer;
            } catch (RestClientException e) {
                if (!isOutage(e.getStatus())) {
                    outageIsOver();
                    throw refusedOrAnswered(what, e);
                }
                trouble = "it answered " + e.getStatus();
            } catch (IOException e) {
                trouble = e.toString();
            }
            outageBegins(what, trouble);
            if (System.nanoTime() - asked > patience.toNanos()) {
                throw new RegistryException(
                        "The schema registry did not "
                                + what
                                + " for "
                                + patience.toSeconds()
                                + " s: "
                                + trouble);
            }
            pause(pause, what);
            pause = Math.min(2 * pause, longestPause.toMillis());
        }
    }

    /**
     * The registry said that it has no such thing. A plain 404 has no code of the registry's own:
     * whoever answered it is no registry.
     */
    static boolean isNotFound(RestClientException e) {
        return e.getErrorCode() / 100 == 404;
    }

    void close() {
        closed.countDown();
    }

    private void outageBegins(String what, String trouble) {
        if (outage.compareAndSet(false, true)) {
            LOG.warn(
                    "The schema registry does not answer ({}): waiting to {}, trying again until"
                            + " it does",
                    trouble,
                    what);
        }
    }

    private void outageIsOver() {
        if (outage.get() && outage.compareAndSet(true, false)) {
            LOG.info("The schema registry answers again");
        }
    }

    private void pause(long millis, String what) {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new WireClosedException(
                        "closed while waiting for the schema registry to " + what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireClosedException(
                    "interrupted while waiting for the schema registry to " + what);
        }
    }

    private static boolean isOutage(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    private static RestClientException refusedOrAnswered(String what, RestClientException e) {
        if (e.getStatus() == 401 || e.getStatus() == 403) {
            throw new RegistryException(
                    "The schema registry refused to "
                            + what
                            + " ("
                            + e.getStatus()
                            + "): check schema.registry.basic.auth.user.info or"
                            + " schema.registry.bearer.auth.token, and what they are allowed to",
                    e);
        }
        return e;
    }
}
