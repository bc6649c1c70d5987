package io.exitpool.bench.peers;

/** A peer that answers; closing it stops all that was started for it. */
interface RunningPeer extends AutoCloseable {

    /** What runs, with its version. */
    String version();

    /** A connection of its own for one thread, which asks for a client's servers only. */
    PeerConnection connect(int client, int clients);

    /**
     * How many decisions are in the peer's log, once all was answered and all connections closed.
     */
    long decisions();

    @Override
    void close();
}
