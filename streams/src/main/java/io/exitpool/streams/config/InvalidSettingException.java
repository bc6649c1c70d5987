package io.exitpool.streams.config;

/** A setting that cannot be. Its message names the key and says what may be there instead. */
public final class InvalidSettingException extends IllegalArgumentException {
    InvalidSettingException(String message) {
        super(message);
    }

    InvalidSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
