package io.exitpool.bench.peers;

import java.nio.file.Path;

/**
 * Exitpool's allocation with a broker, asked as its agents ask: an event is a record, its answer
 * the committed decision. Kafka answers a write that its page cache has and leaves the disk to
 * replicas; with {@code flushed} the broker synchronises every append to the disk first, as the
 * durable peers do, so that like can be compared with like.
 */
record ExitpoolPeer(String name, boolean flushed, int connections, int pipeline)
        implements AskedPeer {

    @Override
    public Family family() {
        return Family.EXITPOOL;
    }

    @Override
    public Durability durability() {
        return flushed ? Durability.DISK : Durability.KERNEL;
    }

    /** It is in this program. */
    @Override
    public void requirePresent() {}

    @Override
    public RunningPeer start(Path directory, Fleet fleet) {
        return ExitpoolServer.start(directory, flushed, connections, fleet);
    }
}
