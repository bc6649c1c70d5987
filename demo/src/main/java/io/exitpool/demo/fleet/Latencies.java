package io.exitpool.demo.fleet;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * How long a start waits for its decision: from the moment at which its agent hands it to the
 * producer to the moment at which a consumer of committed records has read the answer. What was
 * asked in the first 20 s, while the Java machine still compiles, counts only if nothing else was.
 */
final class Latencies {

    private static final long LONGEST_MICROS = 600_000_000;
    private static final int DIGITS = 3;
    private static final long WARM_UP_NANOS = 20_000_000_000L;

    private record Asked(String server, long epoch, long seq) {}

    private final Map<Asked, Long> asked = new HashMap<>();
    private final Histogram cold = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram warm = new Histogram(LONGEST_MICROS, DIGITS);
    private OptionalLong first = OptionalLong.empty();

    void asked(String server, long epoch, long seq, long nanos) {
        first = first.isPresent() ? first : OptionalLong.of(nanos);
        asked.put(new Asked(server, epoch, seq), nanos);
    }

    void answered(String server, long epoch, long seq, long nanos) {
        Long since = asked.remove(new Asked(server, epoch, seq));
        if (since != null) {
            Histogram its = since - first.getAsLong() < WARM_UP_NANOS ? cold : warm;
            its.recordValue(Math.min(LONGEST_MICROS, (nanos - since) / 1000));
        }
    }

    /** Questions of an agent that is gone are not waited for. */
    void forget(String server) {
        asked.keySet().removeIf(question -> question.server().equals(server));
    }

    long count() {
        return counted().getTotalCount();
    }

    double millisAt(double percentile) {
        return counted().getValueAtPercentile(percentile) / 1000.0;
    }

    private Histogram counted() {
        return warm.getTotalCount() == 0 ? cold : warm;
    }
}
