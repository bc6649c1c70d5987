package io.exitpool.bench.peers;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One row of the comparison: a program with one setting of durability and one shape of load. It is
 * started anew for each round, so that nothing of the rows before it runs, fills memory or
 * fragments a table beside it.
 */
interface Peer {

    /** Told in the table, and in the JSON. */
    String name();

    /** The program, as {@code --only} names it. */
    Family family();

    Durability durability();

    /** Throws {@link PeerException} at once, with what to install, when the program is missing. */
    void requirePresent();

    /** Starts it in an empty directory, which the caller deletes, loads it, and stops it. */
    Row measure(Path directory, Fleet fleet, Load load) throws InterruptedException;

    /** The programs that are compared. */
    enum Family {
        POSTGRESQL,
        REDIS,
        EXITPOOL;

        /** As {@code --only} has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
