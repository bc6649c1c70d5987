package io.exitpool.operator.audit;

/** The seed of a random test: the system property {@code seed}, or the usual one, printed. */
final class Seed {

    private static final long USUAL = 20_261_122;

    private Seed() {}

    static long of(Class<?> test) {
        String given = System.getProperty("seed", "");
        long seed = given.isEmpty() ? USUAL : Long.parseLong(given);
        System.out.println(
                test.getSimpleName()
                        + ": mvn -pl operator -am test -Dtest="
                        + test.getSimpleName()
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed="
                        + seed);
        return seed;
    }
}
