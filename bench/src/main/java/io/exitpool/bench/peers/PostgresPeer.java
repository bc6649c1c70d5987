package io.exitpool.bench.peers;

import java.nio.file.Path;

/**
 * PostgreSQL as it is after its installation, with one function call an event; without {@code
 * durable} a commit does not wait for the disk ({@code synchronous_commit=off}).
 */
record PostgresPeer(String name, boolean durable, int connections) implements AskedPeer {

    @Override
    public Family family() {
        return Family.POSTGRESQL;
    }

    @Override
    public Durability durability() {
        return durable ? Durability.DISK : Durability.MEMORY;
    }

    @Override
    public int pipeline() {
        return 1;
    }

    @Override
    public void requirePresent() {
        Programs.postgresqlDirectory();
        PostgresUser.ofThisMachine();
    }

    @Override
    public RunningPeer start(Path directory, Fleet fleet) {
        return PostgresServer.start(directory, durable, connections, fleet);
    }
}
