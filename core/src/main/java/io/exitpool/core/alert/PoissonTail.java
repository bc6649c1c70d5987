package io.exitpool.core.alert;

/** How likely a Poisson variable is to be as large as one that was seen. */
final class PoissonTail {
    private static final double NEGLIGIBLE = 1e-17;

    private PoissonTail() {}

    /** P(X >= count), stable far out in the tail; 1 up to the mean, where nothing is rare. */
    static double atLeast(long count, double mean) {
        if (count <= mean) {
            return 1;
        }
        if (mean == 0) {
            return 0;
        }
        double sum = 1;
        double term = 1;
        for (long k = count + 1; term > NEGLIGIBLE * sum; k++) {
            term *= mean / k;
            sum += term;
        }
        return Math.min(1, Math.exp(count * Math.log(mean) - mean - logFactorial(count)) * sum);
    }

    /** The least count above the mean whose tail is below the probability. */
    static long rarerThan(double probability, double mean) {
        long count = (long) Math.floor(mean) + 1;
        while (atLeast(count, mean) >= probability) {
            count++;
        }
        return count;
    }

    /** Exact below 32, by Stirling's series with an error below 1e-12 above. */
    private static double logFactorial(long n) {
        if (n < 32) {
            double sum = 0;
            for (long k = 2; k <= n; k++) {
                sum += Math.log(k);
            }
            return sum;
        }
        double x = n;
        return x * Math.log(x)
                - x
                + 0.5 * Math.log(2 * Math.PI * x)
                + 1 / (12 * x)
                - 1 / (360 * x * x * x)
                + 1 / (1260 * x * x * x * x * x);
    }
}
