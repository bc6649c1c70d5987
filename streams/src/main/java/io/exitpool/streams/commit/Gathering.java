package io.exitpool.streams.commit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * What one thread has decided and not yet committed, and what its tasks have not yet read.
 *
 * <p>A commit takes as long for one decision as for a hundred, so it is asked for when no record
 * waits any more: at once while few come, and for all together that came during the last commit
 * when many do. When records never cease to wait, the commit interval of Kafka Streams takes over.
 *
 * <p>A consumer asks for more whenever it hands records out. So what it has after a commit is the
 * answer to what it asked before: the first record that came since, often alone, while all others
 * that came during the commit are on their way. While commits are shared the first look for more
 * waits for them; they would wait for a whole commit otherwise.
 *
 * <p>A task that begins need not read all of its rows before its first record: it reads on while
 * none waits.
 */
public final class Gathering {
    /** Less than the commit that a record which is missed waits for, round trips and all. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(3);

    /** Of a task that decided since the last commit; null when none did. */
    private ProcessingContext decided;

    /** By partition: reads a little more, and says whether there was anything. */
    private final Map<Integer, BooleanSupplier> readings = new LinkedHashMap<>();

    /** A partition whose records wait for it, if any does. */
    private int waiting = -1;

    private boolean polled;

    /** Records handed out since the last commit. */
    private long handedOut;

    /** Whether the last commit was of several records, and more came at once after it. */
    private boolean shared;

    /** Whether more was looked for since something was decided. */
    private boolean looked;

    Gathering() {}

    /**
     * A task of this thread begins, and has something to read before the first Tick of its
     * partition. All is read at once where nobody calls between records, because Kafka Streams made
     * the consumer itself.
     *
     * @param next reads a little more, and says whether there was anything
     */
    public void reads(int partition, BooleanSupplier next) {
        readings.put(partition, next);
        while (!polled && isReading(partition)) {
            readOn(Duration.ZERO);
        }
    }

    /** The partition's task has ended. */
    public void ends(int partition) {
        readings.remove(partition);
    }

    /** A task of this thread has decided something. */
    public void decided(ProcessingContext task) {
        decided = task;
    }

    /** Records are asked for. */
    void polls() {
        polled = true;
    }

    /** So many records were handed out. */
    void handsOut(int records) {
        handedOut += records;
        shared &= records > 0 || decided != null;
    }

    /** How long to look for records, of the time there is. */
    Duration nextLook(Duration atMost) {
        if (isReading()) {
            return Duration.ZERO;
        }
        if (shared && !looked) {
            looked = decided != null;
            return atMost.compareTo(FIRST_LOOK) < 0 ? atMost : FIRST_LOOK;
        }
        return decided == null ? atMost : Duration.ZERO;
    }

    boolean isEmpty() {
        return decided == null;
    }

    boolean isReading() {
        return !readings.isEmpty();
    }

    /** Whether the partition's task has not read all yet. */
    public boolean isReading(int partition) {
        return readings.containsKey(partition);
    }

    /** Records of the partition wait until its task has read all. */
    void readFirst(int partition) {
        waiting = partition;
    }

    /** Reads on, and more than a little for as long. */
    void readOn(Duration time) {
        long begun = System.nanoTime();
        do {
            int next = isReading(waiting) ? waiting : readings.keySet().iterator().next();
            if (!readings.get(next).getAsBoolean()) {
                readings.remove(next);
            }
        } while (isReading() && System.nanoTime() - begun < time.toNanos());
    }

    /** Nothing more waits. */
    void commit() {
        decided.commit();
        decided = null;
        shared = handedOut > 1;
        handedOut = 0;
        looked = false;
    }
}
