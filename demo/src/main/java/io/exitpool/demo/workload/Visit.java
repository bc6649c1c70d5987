package io.exitpool.demo.workload;

/**
 * One client's stay on one server, as it would be with an address at once.
 *
 * @param peer who it is: the same number for the same client, on every server
 * @param startMinute when it arrives
 * @param minutes how long it stays
 * @param endLost the report of its end does not reach Kafka
 * @param startRepeated the report of its start reaches Kafka twice
 * @param endRepeated the report of its end reaches Kafka twice
 */
public record Visit(
        String server,
        long peer,
        double startMinute,
        double minutes,
        boolean endLost,
        boolean startRepeated,
        boolean endRepeated) {

    /** When the client leaves. */
    public double endMinute() {
        return startMinute + minutes;
    }
}
