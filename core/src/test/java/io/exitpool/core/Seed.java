package io.exitpool.core;

import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** The seed of a seeded test: {@code -Dseed=N}, or one that the test or chance chooses. */
public final class Seed {
    private Seed() {}

    /** The seed that was asked for. */
    public static OptionalLong given() {
        String seed = System.getProperty("seed", "");
        return seed.isBlank() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed));
    }

    public static long givenOrFresh() {
        return given().orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 40));
    }

    public static long givenOr(long usual) {
        return given().orElse(usual);
    }

    /** Runs what the seed decides; whatever goes wrong says how to see it again. */
    public static void run(Class<?> test, long seed, Runnable body) {
        try {
            body.run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "%s%nSee it again: mvn -pl core test -Dtest=%s -Dseed=%d"
                            .formatted(wrong.getMessage(), test.getSimpleName(), seed),
                    wrong);
        }
    }
}
