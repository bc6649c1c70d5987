package io.exitpool.bench.peers;

import java.util.UUID;

/** One event of the trace: a session starts or ends on a server, servers counted from 0. */
record Step(int server, UUID session, Kind kind) {

    enum Kind {
        START,
        END
    }

    boolean isStart() {
        return kind == Kind.START;
    }
}
