package io.exitpool.operator.pools;

import java.util.Random;

/** The seed of a random test: the system property {@code seed}, or a fresh one, printed. */
final class Seed {

    private Seed() {}

    static long of(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
        System.out.println(
                test.getSimpleName()
                        + ": mvn -pl operator -am test -Dtest="
                        + test.getSimpleName()
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed="
                        + seed);
        return seed;
    }
}
