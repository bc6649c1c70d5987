package io.exitpool.schemas.wire;

/**
 * The wait for a registry that is down was ended by {@link Wire#close()} or an interrupt: the
 * program stops, and the record is read again by its next life.
 */
public final class WireClosedException extends RegistryException {

    WireClosedException(String message) {
        super(message);
    }
}
