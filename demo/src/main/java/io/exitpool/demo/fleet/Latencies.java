package io.exitpool.demo.fleet;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long a start waits for its decision: from the moment at which its agent hands it to the
 * producer to the moment at which a consumer of committed records has read the answer.
 */
final class Latencies {

    private static final long LONGEST_MICROS = 600_000_000;
    private static final int DIGITS = 3;

    private record Asked(String server, long epoch, long seq) {}

    private final Map<Asked, Long> asked = new HashMap<>();
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);

    void asked(String server, long epoch, long seq, long nanos) {
        asked.put(new Asked(server, epoch, seq), nanos);
    }

    void answered(String server, long epoch, long seq, long nanos) {
        Long since = asked.remove(new Asked(server, epoch, seq));
        if (since != null) {
            micros.recordValue(Math.min(LONGEST_MICROS, (nanos - since) / 1000));
        }
    }

    /** Questions of an agent that is gone are not waited for. */
    void forget(String server) {
        asked.keySet().removeIf(question -> question.server().equals(server));
    }

    long count() {
        return micros.getTotalCount();
    }

    double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
