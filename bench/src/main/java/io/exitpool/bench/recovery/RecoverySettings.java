package io.exitpool.bench.recovery;

import java.time.Duration;
import java.util.Map;

/**
 * How instances are killed.
 *
 * @param classArchive whether they start with {@link io.exitpool.bench.instance.ClassArchive}
 * @param application settings of the application; what is not here has the application's defaults
 * @param rate starts a second while they are
 * @param calm how long it runs before each kill
 */
record RecoverySettings(
        Ending ending,
        boolean named,
        boolean classArchive,
        Map<String, String> application,
        int rate,
        int rounds,
        Duration calm,
        long seed) {

    /** What becomes of a killed instance. */
    enum Ending {
        /** It is started again at once, as a supervisor does, and finds its directory. */
        RESTARTED,
        /** It is started again at once, and its directory is gone. */
        WIPED,
        /** Another instance, which keeps copies of its stores, takes over. */
        TAKEN_OVER
    }
}
