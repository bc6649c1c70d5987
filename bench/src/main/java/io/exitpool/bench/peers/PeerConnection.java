package io.exitpool.bench.peers;

import java.util.List;

/** How one thread asks a peer. */
interface PeerConnection extends AutoCloseable {

    /** Asks all of these steps and returns when each was answered. */
    void ask(List<Step> steps, Answers answers);

    @Override
    void close();
}
