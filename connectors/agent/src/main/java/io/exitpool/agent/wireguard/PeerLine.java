package io.exitpool.agent.wireguard;

/**
 * One peer of a dump. The endpoint and the tunnel addresses are not kept: a session does not depend
 * on the one, and nothing here may know the other.
 *
 * @param handshake whole seconds since 1970, 0 for never
 */
record PeerLine(String key, long handshake, long received, long sent) {
    @Override
    public String toString() {
        return "a peer";
    }
}
