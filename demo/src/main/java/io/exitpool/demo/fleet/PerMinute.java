package io.exitpool.demo.fleet;

/** Counts what happened within the last 60 seconds, second by second. */
final class PerMinute {

    private static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];
    private long latestSecond;

    void count(long nowMillis) {
        advance(nowMillis);
        counts[(int) (latestSecond % SECONDS)]++;
    }

    int total(long nowMillis) {
        advance(nowMillis);
        int total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    private void advance(long nowMillis) {
        long second = nowMillis / 1000;
        long first = Math.max(latestSecond + 1, second - SECONDS + 1);
        for (long passed = first; passed <= second; passed++) {
            counts[(int) (passed % SECONDS)] = 0;
        }
        latestSecond = Math.max(latestSecond, second);
    }
}
