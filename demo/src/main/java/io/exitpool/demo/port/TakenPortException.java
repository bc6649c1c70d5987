package io.exitpool.demo.port;

/** The port that was asked for by number is in use; the message says which and what to do. */
public final class TakenPortException extends RuntimeException {

    TakenPortException(int port) {
        super(
                "port "
                        + port
                        + " on "
                        + LoopbackPort.HOST
                        + " is taken: choose another one, or 0 for any free one");
    }
}
