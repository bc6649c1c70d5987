package io.exitpool.agent.protocol;

import java.util.OptionalInt;

/**
 * Which slot an exit server asks for on behalf of a peer. It is computed on the exit server because
 * only there the peer's key may be known, and it is a wish: the allocator grants it when the slot
 * is eligible. What leaves the server is the slot's id.
 */
@FunctionalInterface
public interface Wish {
    /** Asks for nothing. */
    Wish NONE = (peer, slots, nowMillis) -> OptionalInt.empty();

    /**
     * The wanted slot, one of {@code slots}; none when there are none.
     *
     * @param slots ids of the pool's slots, ascending; not to be changed
     */
    OptionalInt wanted(Peer peer, int[] slots, long nowMillis);
}
