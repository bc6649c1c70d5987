package io.exitpool.connect.alerts;

import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records go that will never be delivered: to the connector's dead-letter topic, with the
 * reason in a header. The worker waits for them before it commits offsets.
 */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final ErrantRecordReporter reporter;
    private final TaskMetrics metrics;

    DeadLetters(SinkTaskContext context, TaskMetrics metrics) {
        reporter = context.errantRecordReporter();
        this.metrics = metrics;
    }

    /**
     * Hands the record over.
     *
     * @throws DataException if the connector has no dead-letter topic: then the task fails, because
     *     nothing may be lost in silence
     */
    void report(SinkRecord record, String reason) {
        String place =
                "%s partition %d offset %d"
                        .formatted(
                                record.originalTopic(),
                                record.originalKafkaPartition(),
                                record.originalKafkaOffset());
        DataException error = new DataException(place + " cannot be sent: " + reason);
        if (reporter == null) {
            throw new DataException(
                    error.getMessage()
                            + ". Set errors.tolerance=all and errors.deadletterqueue.topic.name to"
                            + " go on without such records",
                    error);
        }
        LOG.warn("Dead letter: {}", error.getMessage());
        metrics.deadLetter();
        reporter.report(record, error);
    }
}
