package io.exitpool.agent.protocol;

import javax.crypto.Mac;

/**
 * The other end of a tunnel: an object in this process's memory and nothing else. Whatever names
 * the peer for good (its key) stays inside; it is used only under a MAC, so that stickiness can be
 * computed without handing it out. Peers are compared by identity, and no implementation shows its
 * secret in {@code toString}.
 */
public interface Peer {
    /** The first 64 bits of the MAC over what names this peer for good. Never written anywhere. */
    long keyed(Mac mac);
}
