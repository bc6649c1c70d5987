package io.exitpool.agent.wireguard;

/**
 * When a peer counts as dead, in seconds. A session ends when its handshake is older than {@code
 * rejectAfter} and nothing was received for {@code quietFor}, or when nothing was received for
 * {@code idleAfter}, whatever the handshake.
 *
 * <p>A client that is only idle, without keepalive, looks exactly like a dead one. By default it
 * loses its address after three minutes without a word: WireGuard itself has thrown the keys away
 * by then, its next packet needs a new handshake, and that begins a new session. An operator whose
 * clients all keep alive (every 25 s: rx was seen to stand still for up to 75 s) sets {@code
 * idleAfter} lower and frees a dead client's address sooner; one who wants idle clients to keep
 * theirs raises {@code quietFor} and {@code idleAfter} together.
 *
 * @param rejectAfter WireGuard's REJECT_AFTER_TIME: no key is used for longer
 * @param quietFor how long nothing was received from a peer with an old handshake
 * @param idleAfter how long nothing was received from a peer with any handshake
 * @param downAfter how long the daemon may be silent before all sessions end
 * @param forgetAfter how long a removed peer is still known by its number when it is added again
 */
public record DetectorSettings(
        long rejectAfter, long quietFor, long idleAfter, long downAfter, long forgetAfter) {
    public static final DetectorSettings DEFAULT = new DetectorSettings(180, 10, 180, 180, 600);

    public DetectorSettings {
        requirePositive(rejectAfter, "rejectAfter");
        requirePositive(quietFor, "quietFor");
        requirePositive(idleAfter, "idleAfter");
        requirePositive(downAfter, "downAfter");
        requirePositive(forgetAfter, "forgetAfter");
    }

    private static void requirePositive(long seconds, String name) {
        if (seconds < 1) {
            throw new IllegalArgumentException(name + " is below 1 second");
        }
    }
}
