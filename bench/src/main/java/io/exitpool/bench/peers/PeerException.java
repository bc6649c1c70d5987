package io.exitpool.bench.peers;

/**
 * A peer could not be started, failed under load or answered wrongly; the message says what to do.
 */
public final class PeerException extends RuntimeException {

    PeerException(String message) {
        super(message);
    }

    PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
