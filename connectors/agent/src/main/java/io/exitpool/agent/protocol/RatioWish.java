package io.exitpool.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalInt;
import javax.crypto.Mac;

/**
 * The old scheme, kept as the control that shows why it leaks: a peer has one fraction r, the same
 * on every server, and gets slot floor(r * n) of each pool of n. Seen on two servers, the position
 * in the pool gives the peer away; never use it in production.
 */
public final class RatioWish implements Wish {
    /** 2^53, the number of doubles that r is drawn from. */
    private static final double FRACTIONS = 0x1p53;

    /** The same on every server, which is the mistake. */
    private final Mac unsalted = Macs.keyedWith("the same on every server".getBytes(UTF_8));

    @Override
    public OptionalInt wanted(Peer peer, int[] slots, long nowMillis) {
        return slots.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(slots[(int) (ratio(peer) * slots.length)]);
    }

    /** The peer's r, from 0 to below 1. */
    public double ratio(Peer peer) {
        return (peer.keyed(unsalted) >>> 11) / FRACTIONS;
    }
}
