package io.exitpool.demo.workload;

import java.util.random.RandomGenerator;

/**
 * How long sessions last, in minutes: a mixture of three lognormal distributions (short visits,
 * interactive use, always on), cut off at a week. Mean 196 minutes before the cut.
 */
public final class Durations {

    private static final double CAP = 7 * 24 * 60;

    private static final Component[] MIXTURE = {
        new Component(0.35, 6, 1.0), new Component(0.50, 75, 1.1), new Component(0.15, 600, 0.8)
    };

    /** The mean of a session's duration before the cut. */
    public static final double MEAN = mean();

    private Durations() {}

    private record Component(double share, double median, double sigma) {

        double mean() {
            return median * Math.exp(sigma * sigma / 2);
        }

        double sample(RandomGenerator random) {
            return median * Math.exp(sigma * random.nextGaussian());
        }

        /**
         * A duration as an observer finds it who looks at a random moment: long ones are met more
         * often. For a lognormal distribution that only shifts the median.
         */
        double sampleFound(RandomGenerator random) {
            return sample(random) * Math.exp(sigma * sigma);
        }
    }

    /** The duration of a session that begins now. */
    public static double sample(RandomGenerator random) {
        double duration;
        do {
            double pick = random.nextDouble();
            int i = 0;
            while (i < MIXTURE.length - 1 && pick >= MIXTURE[i].share()) {
                pick -= MIXTURE[i].share();
                i++;
            }
            duration = MIXTURE[i].sample(random);
        } while (duration > CAP);
        return duration;
    }

    /** What is left of a session that began at some time before now. */
    public static double sampleRemaining(RandomGenerator random) {
        double duration;
        do {
            double pick = random.nextDouble() * MEAN;
            int i = 0;
            while (i < MIXTURE.length - 1 && pick >= MIXTURE[i].share() * MIXTURE[i].mean()) {
                pick -= MIXTURE[i].share() * MIXTURE[i].mean();
                i++;
            }
            duration = MIXTURE[i].sampleFound(random);
        } while (duration > CAP);
        return duration * random.nextDouble();
    }

    private static double mean() {
        double mean = 0;
        for (Component component : MIXTURE) {
            mean += component.share() * component.mean();
        }
        return mean;
    }
}
