package io.exitpool.streams;

import java.util.concurrent.ThreadLocalRandom;

/** The seed of a seeded test: that of the build, or a fresh one; printed with what repeats it. */
public final class Seed {
    private Seed() {}

    public static long of(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed =
                given.isEmpty() ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given);
        return printed(test, seed);
    }

    /** The same, but not a fresh one: for tests that hold chance to tight bounds. */
    public static long orElse(long otherwise, Class<?> test) {
        String given = System.getProperty("seed", "");
        return printed(test, given.isEmpty() ? otherwise : Long.parseLong(given));
    }

    private static long printed(Class<?> test, long seed) {
        System.out.printf(
                "%s: seed %d; repeat with mvn -pl streams -am test -Dtest=%s -Dseed=%d%n",
                test.getSimpleName(), seed, test.getSimpleName(), seed);
        return seed;
    }
}
