package io.exitpool.schemas.wire;

import org.apache.kafka.common.KafkaException;

/**
 * The registry answered, and the answer is one that somebody has to act upon: it refused the
 * credentials, is not a registry, or does not know our schema. It is no {@code
 * SerializationException}, because the record is not to blame: it must fail the program, never
 * become a dead letter.
 */
public class RegistryException extends KafkaException {

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
