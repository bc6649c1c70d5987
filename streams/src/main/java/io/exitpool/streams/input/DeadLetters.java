package io.exitpool.streams.input;

import io.exitpool.streams.input.DeadLetter.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts dead letters by reason, and warns of each with where it was read. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    public DeadLetters(MeterRegistry registry) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("exitpool.dead.letters")
                            .description("Records that became dead letters")
                            .tag("reason", reason.label())
                            .register(registry));
        }
    }

    /** One more, which was forwarded. */
    public void tell(RecordMetadata metadata, Reason reason, String sentence) {
        count(reason);
        LOG.warn(
                "Dead letter: {}-{} at offset {}: {}: {}",
                metadata.topic(),
                metadata.partition(),
                metadata.offset(),
                reason,
                sentence);
    }

    /** One more, of which Kafka Streams itself warns. */
    void count(Reason reason) {
        counters.get(reason).increment();
    }
}
