package io.exitpool.demo;

/** Why the demo cannot run here. Its message says what to do. */
final class DemoException extends RuntimeException {

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
