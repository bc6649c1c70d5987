package io.exitpool.connect.dns.server;

import java.io.IOException;

/**
 * The name server gave no usable answer, and may give one later; the message says what to look at.
 */
public final class UnansweredException extends IOException {

    public UnansweredException(String message) {
        super(message);
    }

    public UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
