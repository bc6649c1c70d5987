package io.exitpool.schemas;

import java.util.Random;

/**
 * The seed of a seeded test: {@code -Dseed=N}, or a fresh one, and how to repeat the run with it.
 */
public final class Seed {

    private Seed() {}

    public static long of(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
        System.out.println(
                "seed "
                        + seed
                        + ": mvn -pl schemas -am test -Dtest="
                        + test.getSimpleName()
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed="
                        + seed);
        return seed;
    }
}
