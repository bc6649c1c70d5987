package io.exitpool.connect.dns;

import io.exitpool.connect.dns.change.Coalescer;
import io.exitpool.connect.dns.change.Counters;
import io.exitpool.connect.dns.change.Sender;
import io.exitpool.connect.dns.decision.RecordReader;
import io.exitpool.connect.dns.server.TcpNameServer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Reads decisions on, whatever the name server does, and keeps the last wish of each address until
 * the name server has confirmed it: a longer outage costs a longer wait and no more memory. Only
 * offsets before every unconfirmed change are committed, so that a restart repeats some changes,
 * harmlessly, and loses none. It never waits: it asks the worker to be called again.
 */
public final class ReverseDnsSinkTask extends SinkTask {

    private ReverseDnsConfig config;
    private TcpNameServer server;
    private Coalescer coalescer;
    private Intake intake;
    private Sender sender;
    private final ReadOffsets offsets = new ReadOffsets();

    @Override
    public void start(Map<String, String> props) {
        config = new ReverseDnsConfig(props);
        Counters counters = new Counters();
        TaskMetrics.register(context.pluginMetrics(), counters);
        server = config.server();
        coalescer =
                new Coalescer(
                        config.linger().toNanos(), config.reassertAfter().toNanos(), counters);
        intake =
                new Intake(
                        new RecordReader(config.configsTopic()),
                        config.names(),
                        coalescer,
                        counters,
                        this::report);
        sender =
                new Sender(
                        coalescer,
                        config.zones(server),
                        server,
                        (change, reason) -> report(change.source(), reason),
                        counters,
                        config.limits(),
                        config.patience(),
                        System.nanoTime());
    }

    /** Configurations are read from the beginning each time: they fill what is only in memory. */
    @Override
    public void open(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (isConfigs(partition)) {
                context.offset(partition, 0L);
            }
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        long now = System.nanoTime();
        if (coalescer.size() >= config.mostWaiting()) {
            callAgainIn(sender.send(now));
            if (coalescer.size() >= config.mostWaiting()) {
                throw new RetriableException(
                        "%d addresses wait for the name server, as many as '%s' allows; nothing is"
                                        .formatted(coalescer.size(), ReverseDnsConfig.BUFFER)
                                + " read until it has taken some");
            }
        }
        for (SinkRecord record : records) {
            offsets.read(record);
            intake.take(record, now);
        }
        intake.giveUpUnknown(now);
        callAgainIn(sender.send(now));
    }

    /** Of configurations no offset is committed: see {@link #open}. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(
            Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        Map<TopicPartition, OffsetAndMetadata> done = offsets.done(intake::forEachSource);
        done.keySet().removeIf(this::isConfigs);
        return done;
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        intake.forget(partitions);
        offsets.forget(partitions);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public String version() {
        return new ReverseDnsSinkConnector().version();
    }

    private boolean isConfigs(TopicPartition partition) {
        return partition.topic().equals(config.configsTopic());
    }

    private void callAgainIn(Optional<Long> nanos) {
        nanos.ifPresent(it -> context.timeout(Math.max(1, Duration.ofNanos(it).toMillis())));
    }

    private void report(SinkRecord record, String reason) {
        ErrantRecordReporter reporter = context.errantRecordReporter();
        DataException error = new DataException(reason);
        if (reporter == null) {
            throw error;
        }
        reporter.report(record, error);
    }
}
