package io.exitpool.agent.wireguard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.exitpool.agent.protocol.Peer;
import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * A peer of the interface, for the life of this process: an object and a number in the order in
 * which peers were first seen. The key stays inside and comes out only under a MAC.
 */
public final class PeerRef implements Peer {
    private final int ordinal;
    private final String key;

    PeerRef(int ordinal, String key) {
        this.ordinal = ordinal;
        this.key = key;
    }

    /** From 1. It says nothing about the key. */
    public int ordinal() {
        return ordinal;
    }

    @Override
    public long keyed(Mac mac) {
        return ByteBuffer.wrap(mac.doFinal(key.getBytes(US_ASCII))).getLong();
    }

    @Override
    public String toString() {
        return "peer " + ordinal;
    }
}
