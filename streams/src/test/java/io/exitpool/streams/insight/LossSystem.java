package io.exitpool.streams.insight;

import io.exitpool.core.event.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * One server under Poisson arrivals; sessions last a log-normal time, and whoever is rejected goes
 * away. Its time is virtual, and between arrivals and ends there is a Tick every half minute: just
 * often enough for the statuses to cover all of it.
 *
 * <p>Times of sessions are drawn from all ranges alike, in a random order: log-normal times of
 * sigma 1.5 are so uneven that the load of thousands of them would be off by several percent.
 */
final class LossSystem {
    static final String SERVER = "se-sto-wg-208";
    private static final Duration TICK = Duration.ofSeconds(30);

    /** Of so many sessions the times are one each of as many equally likely ranges. */
    private static final int STRATA = 1_000;

    private final SplittableRandom random;
    private final double meanBetween;
    private final double mu;
    private final double sigma;
    private final PriorityQueue<End> ends =
            new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    private Instant nextTick;
    private double nextArrival;

    /** A large sample of the normal law in order: so many of it to each of the ranges. */
    private final double[] normal;

    private final double[] shuffled = new double[STRATA];
    private int drawn;

    private record End(long at, SessionId session) {}

    /** What hears of sessions and of time. */
    interface Allocation {
        /** Whether the session got a slot. */
        boolean start(SessionId session, Instant at);

        void end(SessionId session, Instant at);

        void tick(Instant at);
    }

    /**
     * @param erlangs arrivals in the mean time of one session
     * @param sigma of the times' logarithm; the mean stays the mean
     */
    LossSystem(double erlangs, Duration meanHold, double sigma, Instant begin, long seed) {
        random = new SplittableRandom(seed);
        meanBetween = meanHold.toMillis() / erlangs;
        mu = Math.log(meanHold.toMillis()) - sigma * sigma / 2;
        this.sigma = sigma;
        normal = new double[STRATA * STRATA];
        Arrays.setAll(normal, n -> random.nextGaussian());
        Arrays.sort(normal);
        nextTick = begin.plus(TICK);
        nextArrival = begin.toEpochMilli() + between();
    }

    /** Everything that happens until then, in its order. */
    void run(Allocation allocation, Instant until) {
        while (true) {
            long arrival = (long) nextArrival;
            long end = ends.isEmpty() ? Long.MAX_VALUE : ends.peek().at();
            long tick = nextTick.toEpochMilli();
            long next = Math.min(tick, Math.min(arrival, end));
            if (next > until.toEpochMilli()) {
                return;
            }
            Instant at = Instant.ofEpochMilli(next);
            if (next == tick) {
                allocation.tick(at);
                nextTick = nextTick.plus(TICK);
            } else if (next == end) {
                allocation.end(ends.remove().session(), at);
            } else {
                SessionId session = new SessionId(random.nextLong(), random.nextLong());
                if (allocation.start(session, at)) {
                    ends.add(new End(next + hold(), session));
                }
                nextArrival += between();
            }
        }
    }

    private double between() {
        return -meanBetween * Math.log(1 - random.nextDouble());
    }

    private long hold() {
        if (drawn % STRATA == 0) {
            for (int n = 0; n < STRATA; n++) {
                int to = random.nextInt(n + 1);
                shuffled[n] = shuffled[to];
                shuffled[to] = normal[n * STRATA + random.nextInt(STRATA)];
            }
        }
        return (long) Math.exp(mu + sigma * shuffled[drawn++ % STRATA]);
    }
}
