package io.exitpool.core.statistics;

import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PoolConfig;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** A pool under Poisson arrivals; whoever is rejected goes away. Time is virtual. */
final class LossSystem {
    static final double MINUTE = 60_000;
    private static final int BATCHES = 40;

    private record End(double at, SessionId session) {}

    private final QuietServers server;
    private final SplittableRandom random;
    private final double meanBetweenArrivals;
    private final ToDoubleFunction<SplittableRandom> hold;
    private final PriorityQueue<End> ends =
            new PriorityQueue<>((a, b) -> Double.compare(a.at(), b.at()));
    private double now;

    /**
     * @param erlangs arrivals in the mean time of one session
     * @param hold draws how long a session lasts, in milliseconds
     */
    LossSystem(
            PoolConfig config,
            double erlangs,
            double meanHold,
            ToDoubleFunction<SplittableRandom> hold,
            long seed) {
        server = new QuietServers(new SplittableRandom(seed), config);
        random = new SplittableRandom(~seed);
        meanBetweenArrivals = meanHold / erlangs;
        this.hold = hold;
    }

    static ToDoubleFunction<SplittableRandom> exponential(double mean) {
        return random -> -mean * Math.log(1 - random.nextDouble());
    }

    /** Log-normal of the mean, not of the median. */
    static ToDoubleFunction<SplittableRandom> logNormal(double mean, double sigma) {
        double mu = Math.log(mean) - sigma * sigma / 2;
        return random -> Math.exp(mu + sigma * random.nextGaussian());
    }

    /** Share of rejected arrivals, in batches, after a tenth as many to warm up. */
    double[] blocking(int arrivals, Consumer<Granted> granted) {
        for (int n = 0; n < arrivals / 10; n++) {
            arrive();
        }
        double[] share = new double[BATCHES];
        int each = arrivals / BATCHES;
        for (int batch = 0; batch < BATCHES; batch++) {
            int rejected = 0;
            for (int n = 0; n < each; n++) {
                if (arrive() instanceof Granted one) {
                    granted.accept(one);
                } else {
                    rejected++;
                }
            }
            share[batch] = (double) rejected / each;
        }
        return share;
    }

    private Outcome arrive() {
        now -= meanBetweenArrivals * Math.log(1 - random.nextDouble());
        while (!ends.isEmpty() && ends.peek().at() <= now) {
            End end = ends.remove();
            server.end(0, end.session(), Math.round(end.at()));
        }
        SessionId session = new SessionId(random.nextLong(), random.nextLong());
        Outcome outcome = server.start(0, session, OptionalInt.empty(), Math.round(now));
        if (outcome instanceof Granted) {
            ends.add(new End(now + hold.applyAsDouble(random), session));
        }
        return outcome;
    }
}
