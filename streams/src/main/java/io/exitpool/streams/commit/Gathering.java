package io.exitpool.streams.commit;

import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * What one thread has decided and not yet committed. A commit takes as long for one decision as for
 * a hundred, so it is asked for when no record waits any more: at once while few come, and for all
 * together that came during the last commit when many do. When records never cease to wait, the
 * commit interval of Kafka Streams takes over.
 */
public final class Gathering {
    /** Of a task that decided since the last commit; null when none did. */
    private ProcessingContext decided;

    Gathering() {}

    /** A task of this thread has decided something. */
    public void decided(ProcessingContext task) {
        decided = task;
    }

    boolean isEmpty() {
        return decided == null;
    }

    /** Nothing more waits. */
    void commit() {
        decided.commit();
        decided = null;
    }
}
