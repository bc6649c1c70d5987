package io.exitpool.operator.audit;

import java.util.Comparator;

/**
 * Where a record stands, and its time: what an offender is named by, because its content may tie a
 * session to an address.
 *
 * @param timestamp milliseconds since 1970
 */
public record Position(String topic, int partition, long offset, long timestamp)
        implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::timestamp)
                    .thenComparing(Position::topic)
                    .thenComparingInt(Position::partition)
                    .thenComparingLong(Position::offset);

    /** By time first, so that the first offenders of several partitions are the oldest. */
    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** Topic, partition and offset, as in {@code exit-pool-decisions/3@120}. */
    public String place() {
        return topic + "/" + partition + "@" + offset;
    }
}
