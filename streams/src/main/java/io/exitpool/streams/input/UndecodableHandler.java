package io.exitpool.streams.input;

import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.streams.input.DeadLetter.Reason;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Bytes that no retry makes readable become a dead letter, in the transaction that steps over them;
 * Kafka Streams itself logs the WARN. Whatever else goes wrong while a record is read (the registry
 * refuses, or the program stops while it waits for one that is down) is not the record's fault: the
 * task fails, and the record is read again.
 */
public final class UndecodableHandler implements DeserializationExceptionHandler {
    /** Where the settings carry the {@link DeadLetters}. */
    public static final String DEAD_LETTERS = "exitpool.dead.letters";

    private DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = (DeadLetters) settings.get(DEAD_LETTERS);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context,
            ConsumerRecord<byte[], byte[]> record,
            Exception exception) {
        if (!(exception instanceof UndecodableException undecodable)) {
            return Response.fail();
        }
        deadLetters.count(Reason.UNDECODABLE);
        return Response.resume(List.of(deadLetter(record, undecodable)));
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, UndecodableException undecodable) {
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                null,
                null,
                DeadLetter.key(record.key()),
                record.value(),
                DeadLetter.headers(
                        record.headers(),
                        Reason.UNDECODABLE,
                        undecodable.reason() + ", " + undecodable.getMessage(),
                        record.topic(),
                        record.partition(),
                        record.offset()));
    }
}
