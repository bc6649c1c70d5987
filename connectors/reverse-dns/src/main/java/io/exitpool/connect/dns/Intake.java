package io.exitpool.connect.dns;

import io.exitpool.connect.dns.change.Change;
import io.exitpool.connect.dns.change.Coalescer;
import io.exitpool.connect.dns.change.Counters;
import io.exitpool.connect.dns.decision.News;
import io.exitpool.connect.dns.decision.RecordReader;
import io.exitpool.connect.dns.decision.SlotBook;
import io.exitpool.connect.dns.decision.SlotKey;
import io.exitpool.connect.dns.name.Occupancy;
import io.exitpool.connect.dns.name.PtrNames;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns records into wishes for addresses. A record that cannot be read is reported. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final RecordReader reader;
    private final PtrNames names;
    private final Coalescer coalescer;
    private final Counters counters;
    private final BiConsumer<SinkRecord, String> report;
    private final SlotBook slots = new SlotBook();
    private final UnknownSlots unknown = new UnknownSlots();

    Intake(
            RecordReader reader,
            PtrNames names,
            Coalescer coalescer,
            Counters counters,
            BiConsumer<SinkRecord, String> report) {
        this.reader = reader;
        this.names = names;
        this.coalescer = coalescer;
        this.counters = counters;
        this.report = report;
    }

    /** Takes a record at a time of the task's clock. */
    void take(SinkRecord record, long now) {
        News news;
        try {
            news = reader.read(record);
        } catch (DataException e) {
            report(record, e.getMessage());
            return;
        }
        Runnable effect =
                news.match(
                        granted -> () -> granted(granted, record, now),
                        emptied -> () -> emptied(emptied.slot(), record, now),
                        configured -> () -> configured(configured, record),
                        nothing -> counters::decision);
        effect.run();
    }

    /** Gives up releases of slots that nobody told the addresses of. */
    void giveUpUnknown(long now) {
        for (UnknownSlots.Release release : unknown.takeOverdue(now)) {
            counters.unknownSlot();
            LOG.warn(
                    "slot {} of {} emptied, and no grant or configuration told its addresses: their"
                            + " names stay as they are; see that the pool configurations' topic is"
                            + " among 'topics' ({} at {})",
                    release.slot().slot(),
                    release.slot().server(),
                    ReadOffsets.partition(release.source()),
                    release.source().originalKafkaOffset());
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        slots.forget(partitions);
        unknown.forget(partitions);
        coalescer.forget(partitions);
    }

    void forEachSource(Consumer<SinkRecord> consumer) {
        unknown.forEachSource(consumer);
        coalescer.forEachSource(consumer);
    }

    private void granted(News.Granted granted, SinkRecord record, long now) {
        counters.decision();
        unknown.remove(granted.slot());
        if (names.followsReleases()) {
            slots.granted(granted.slot(), granted.addresses(), ReadOffsets.partition(record));
        }
        want(Occupancy.GRANTED, granted.addresses(), granted.slot().server(), record, now);
    }

    private void emptied(SlotKey slot, SinkRecord record, long now) {
        counters.decision();
        if (!names.followsReleases()) {
            return;
        }
        Optional<List<InetAddress>> addresses = slots.emptied(slot);
        if (addresses.isPresent()) {
            want(Occupancy.IDLE, addresses.get(), slot.server(), record, now);
        } else {
            unknown.add(slot, record, now);
        }
    }

    private void configured(News.Configured configured, SinkRecord record) {
        slots.configured(configured.server(), configured.slots(), ReadOffsets.partition(record));
        coalescer.distrust(configured.server());
        for (UnknownSlots.Release release : unknown.takeOf(configured.server())) {
            Optional<List<InetAddress>> addresses = slots.emptied(release.slot());
            if (addresses.isPresent()) {
                want(
                        Occupancy.IDLE,
                        addresses.get(),
                        configured.server(),
                        release.source(),
                        release.since());
            } else {
                unknown.add(release.slot(), release.source(), release.since());
            }
        }
    }

    private void want(
            Occupancy occupancy,
            List<InetAddress> addresses,
            String server,
            SinkRecord record,
            long now) {
        long timestamp =
                record.timestamp() == null ? System.currentTimeMillis() : record.timestamp();
        for (InetAddress address : addresses) {
            try {
                names.wish(occupancy, address, server)
                        .ifPresent(
                                wish -> {
                                    counters.wanted();
                                    coalescer.want(
                                            new Change(
                                                    address, server, wish, record, now, timestamp));
                                });
            } catch (IllegalArgumentException e) {
                report(record, e.getMessage());
                return;
            }
        }
    }

    private void report(SinkRecord record, String reason) {
        counters.reported();
        report.accept(record, reason);
    }
}
