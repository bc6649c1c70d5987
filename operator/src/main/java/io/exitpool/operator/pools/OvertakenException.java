package io.exitpool.operator.pools;

/** Another change came first; the operator looks at it and runs the command again. */
final class OvertakenException extends RuntimeException {

    OvertakenException(String message) {
        super(message);
    }
}
