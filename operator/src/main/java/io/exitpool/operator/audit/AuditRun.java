package io.exitpool.operator.audit;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Feeds an {@link Audit} from the topics. */
public final class AuditRun {
    private static final Duration POLL = Duration.ofMillis(500);

    /** How often, while following, what was read is taken to be all of its time. */
    private static final Duration SETTLE_EVERY = Duration.ofSeconds(10);

    /** A poll that brings fewer records than a consumer takes at once has emptied its buffer. */
    private static final int FEW_RECORDS = 100;

    private AuditRun() {}

    /** Audits what the topics hold now, with the settings' defaults. */
    public static AuditReport run(Connection connection) {
        return run(connection, AuditSettings.DEFAULT);
    }

    /**
     * Audits what the topics hold now, be they written to meanwhile or not. Each topic is read to
     * an end that is later than that of those before it: a decision read has its event and its
     * configuration read, too.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if Kafka does not answer, or stops to
     * @throws io.exitpool.schemas.wire.RegistryException if the registry does not answer
     */
    public static AuditReport run(Connection connection, AuditSettings settings) {
        Audit audit;
        try (TopicReader reader = open(connection, Start.END)) {
            audit = begin(settings, reader, violation -> {});
        }
        // Twice, because what is known early need not be waited for.
        TopicReader.readToEnd(connection, Topics.POOL_CONFIGS, entry -> hand(entry, audit));
        TopicReader.readToEnd(connection, Topics.DECISIONS, entry -> hand(entry, audit));
        TopicReader.readToEnd(connection, Topics.SESSION_EVENTS, entry -> hand(entry, audit));
        TopicReader.readToEnd(connection, Topics.POOL_CONFIGS, entry -> hand(entry, audit));
        audit.finish();
        return audit.report();
    }

    /**
     * Audits what the topics hold now, and goes on with what comes.
     *
     * @param listener hears of each violation once it is certain
     * @param reports hears how things stand: once all there was has been read, then every so often
     * @param reportEvery how often that is
     * @param goesOn asked between two polls
     * @return the report when it said no
     */
    public static AuditReport follow(
            Connection connection,
            AuditSettings settings,
            Consumer<Violation> listener,
            Consumer<AuditReport> reports,
            Duration reportEvery,
            BooleanSupplier goesOn) {
        try (TopicReader reader = open(connection, Start.BEGINNING)) {
            Audit audit = begin(settings, reader, listener);
            TopicReader.readToEnd(connection, Topics.POOL_CONFIGS, entry -> hand(entry, audit));
            Due settle = new Due(SETTLE_EVERY);
            Due report = new Due(reportEvery);
            boolean caughtUp = false;
            while (goesOn.getAsBoolean()) {
                List<Entry<?>> entries = reader.poll(POLL);
                entries.forEach(entry -> hand(entry, audit));
                if (!caughtUp) {
                    caughtUp = reader.atEnd();
                    if (caughtUp) {
                        reports.accept(audit.report());
                        report.again();
                    }
                } else if (report.isNow()) {
                    reports.accept(audit.report());
                    report.again();
                }
                if (caughtUp && entries.size() < FEW_RECORDS && settle.isNow()) {
                    audit.endReached();
                    settle.again();
                }
            }
            return audit.report();
        }
    }

    private static final class Due {
        private final long everyNanos;
        private long since = System.nanoTime();

        Due(Duration every) {
            everyNanos = every.toNanos();
        }

        boolean isNow() {
            return System.nanoTime() - since >= everyNanos;
        }

        void again() {
            since = System.nanoTime();
        }
    }

    private static TopicReader open(Connection connection, Start start) {
        return TopicReader.open(
                connection,
                List.of(Topics.POOL_CONFIGS, Topics.SESSION_EVENTS, Topics.DECISIONS),
                start);
    }

    /** The topics tell how many partitions they have and what is left of them. */
    private static Audit begin(
            AuditSettings settings, TopicReader reader, Consumer<Violation> listener) {
        long partitions =
                reader.beginnings().keySet().stream()
                        .filter(p -> p.topic().equals(Topics.SESSION_EVENTS.name()))
                        .count();
        Audit audit =
                new Audit(
                        settings.partitions() == 0
                                ? settings.withPartitions((int) partitions)
                                : settings,
                        listener);
        reader.beginnings().forEach((partition, offset) -> begins(partition, offset, audit));
        return audit;
    }

    private static void begins(TopicPartition partition, long offset, Audit audit) {
        if (partition.topic().equals(Topics.SESSION_EVENTS.name())) {
            audit.eventsBegin(partition.partition(), offset);
        } else if (partition.topic().equals(Topics.DECISIONS.name())) {
            audit.decisionsBegin(partition.partition(), offset);
        }
    }

    private static void hand(Entry<?> entry, Audit audit) {
        Position at =
                new Position(entry.topic(), entry.partition(), entry.offset(), entry.timestamp());
        boolean config = entry.topic().equals(Topics.POOL_CONFIGS.name());
        if (entry.undecodable().isPresent() || entry.value() == null && !config) {
            // A tombstone says something of a configuration only.
            audit.undecodable(at);
        } else if (config) {
            audit.config(at, entry.key(), (PoolConfig) entry.value());
        } else if (entry.topic().equals(Topics.DECISIONS.name())) {
            audit.decision(at, entry.key(), (Decision) entry.value());
        } else {
            audit.event(at, entry.key(), (SessionEvent) entry.value());
        }
    }
}
