package io.exitpool.connect.dns.change;

import io.exitpool.connect.dns.name.Wish;
import java.net.InetAddress;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * One address whose PTR records have to change.
 *
 * @param address whose
 * @param server the exit server that has it
 * @param wish what they should be
 * @param source the last record that asked for it; the one to begin again from after a restart
 * @param since when the oldest record asked that was not served since, in nanoseconds of the task's
 *     clock
 * @param sinceTimestamp that record's time, in milliseconds since 1970
 */
public record Change(
        InetAddress address,
        String server,
        Wish wish,
        SinkRecord source,
        long since,
        long sinceTimestamp) {

    Change supersededBy(Change later) {
        return new Change(address, later.server, later.wish, later.source, since, sinceTimestamp);
    }
}
