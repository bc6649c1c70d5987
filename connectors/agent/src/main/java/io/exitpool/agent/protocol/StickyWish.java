package io.exitpool.agent.protocol;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * The same slot for the same peer as long as the salt lasts: HMAC-SHA256 of this server's own
 * random salt and the peer, scaled to the pool's slots. Each server draws its own salt, so what one
 * server gives says nothing about another; the salt is drawn anew from time to time and with each
 * start of the program, so nothing links a peer's slots over months. Salt and key stay in memory.
 */
public final class StickyWish implements Wish {
    private static final int SALT_BYTES = 32;

    private final RandomGenerator random;
    private final long rotateEveryMillis;
    private Mac salted;
    private long rotateAt;

    /**
     * @param random a cryptographic source in production
     */
    public StickyWish(RandomGenerator random, Duration rotateEvery) {
        if (rotateEvery.toMillis() < 1) {
            throw new IllegalArgumentException("rotateEvery is below 1 ms");
        }
        this.random = random;
        this.rotateEveryMillis = rotateEvery.toMillis();
    }

    @Override
    public OptionalInt wanted(Peer peer, int[] slots, long nowMillis) {
        if (slots.length == 0) {
            return OptionalInt.empty();
        }
        if (salted == null || nowMillis >= rotateAt) {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            salted = Macs.keyedWith(salt);
            rotateAt = nowMillis + rotateEveryMillis;
        }
        return OptionalInt.of(slots[scaled(peer.keyed(salted), slots.length)]);
    }

    /** The hash as a fraction of 2^32, times n: every index equally often. */
    private static int scaled(long hash, int n) {
        return (int) (((hash >>> 32) * n) >>> 32);
    }
}
