package io.exitpool.agent.wireguard;

/** Why a session is over. */
public enum DownReason {
    /** Nothing was heard of the peer for too long. */
    SILENT,
    /** The peer is no longer configured. */
    PEER_REMOVED,
    /** Its counters began anew: it was added again, or the daemon was restarted. */
    PEER_RESET,
    /** The daemon did not answer for too long. */
    DAEMON_STOPPED
}
