package io.exitpool.operator.pools;

import java.util.Objects;

/**
 * A slot that a server is to get and cannot get yet, because somebody may still use an address of
 * it.
 */
public record Waiting(String server, String slot, Holder holder) {

    public Waiting {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(holder, "holder");
    }

    @Override
    public String toString() {
        return slot
                + " for "
                + server
                + " waits for slot "
                + holder.slot()
                + " of "
                + holder.server()
                + ": "
                + holder.why();
    }
}
