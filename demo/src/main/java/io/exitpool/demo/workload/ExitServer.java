package io.exitpool.demo.workload;

/**
 * An exit server as its clients see it.
 *
 * @param place its country and city, as statistics call it: clients look for another server there
 * @param slots size of its pool: how popular it is depends on it
 * @param utcOffsetHours its clients' local time
 * @param scheme how it asks for slots
 * @param bends its pool bends a promise when it runs dry, which is worth provoking
 */
public record ExitServer(
        String name,
        String place,
        int slots,
        double utcOffsetHours,
        WishScheme scheme,
        boolean bends) {

    /** How an exit server turns a peer into a wish for a slot. */
    public enum WishScheme {
        /** No wish: the allocator's placement decides. */
        NONE,
        /** The old scheme: a fixed fraction per peer, the same one on every server. */
        RATIO,
        /** A keyed hash of the peer with the server's own salt. */
        STICKY
    }

    public ExitServer {
        if (slots < 1) {
            throw new IllegalArgumentException(name + " has no slots");
        }
    }
}
