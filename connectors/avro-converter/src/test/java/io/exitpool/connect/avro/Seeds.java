package io.exitpool.connect.avro;

import java.util.Random;

/** The seed of a seeded test: {@code -Dseed=N}, or a fresh one, and how to repeat the run. */
final class Seeds {

    private Seeds() {}

    static long of(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
        System.out.println(
                "seed "
                        + seed
                        + ": mvn -pl connectors/avro-converter test -Dtest="
                        + test.getSimpleName()
                        + " -Dseed="
                        + seed);
        return seed;
    }
}
