package io.exitpool.bench.peers;

import java.nio.file.Path;

/** A peer that is asked by clients which wait for its answers. */
interface AskedPeer extends Peer {

    /** How many connections ask at a time. */
    int connections();

    /** How many steps a connection asks before it waits for their answers. */
    int pipeline();

    /** Starts it in an empty directory. */
    RunningPeer start(Path directory, Fleet fleet);

    @Override
    default Row measure(Path directory, Fleet fleet, Load load) throws InterruptedException {
        try (RunningPeer running = start(directory, fleet)) {
            ClosedLoop loop =
                    new ClosedLoop(running, fleet, connections(), pipeline(), load.seed());
            return Row.of(this, running.version(), loop.run(load.warmUp(), load.measured()));
        }
    }
}
