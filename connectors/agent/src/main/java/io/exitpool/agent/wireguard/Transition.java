package io.exitpool.agent.wireguard;

import java.util.function.Function;

/** The beginning or the end of a session, in whole seconds since 1970. */
public sealed interface Transition {
    PeerRef peer();

    long atSeconds();

    <R> R match(Function<PeerUp, R> up, Function<PeerDown, R> down);

    /** The peer's session begins. */
    record PeerUp(PeerRef peer, long atSeconds) implements Transition {
        @Override
        public <R> R match(Function<PeerUp, R> up, Function<PeerDown, R> down) {
            return up.apply(this);
        }
    }

    /** The peer's session is over. */
    record PeerDown(PeerRef peer, long atSeconds, DownReason reason) implements Transition {
        @Override
        public <R> R match(Function<PeerUp, R> up, Function<PeerDown, R> down) {
            return down.apply(this);
        }
    }
}
