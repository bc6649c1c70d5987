package io.exitpool.operator.audit;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;

/** The three topics as lists, for tests to write, spoil and read in any interleaving. */
final class Logs {

    /** One record; its value is null for a tombstone. */
    record Rec(Position at, String key, SpecificRecord value) {

        Rec with(SpecificRecord another) {
            return new Rec(at, key, another);
        }

        Rec at(long time) {
            return at(at.offset(), time);
        }

        Rec at(long offset, long time) {
            return new Rec(new Position(at.topic(), at.partition(), offset, time), key, value);
        }

        Decision decision() {
            return (Decision) value;
        }
    }

    private record Log(String topic, int partition) implements Comparable<Log> {
        private static final Comparator<Log> ORDER =
                Comparator.comparing(Log::topic).thenComparingInt(Log::partition);

        @Override
        public int compareTo(Log other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Log, List<Rec>> logs = new TreeMap<>();

    Logs copy() {
        Logs copy = new Logs();
        logs.forEach((log, records) -> copy.logs.put(log, new ArrayList<>(records)));
        return copy;
    }

    Position append(Topic<?> topic, int partition, long time, String key, SpecificRecord value) {
        List<Rec> log = of(topic, partition);
        long offset = log.isEmpty() ? 0 : log.get(log.size() - 1).at().offset() + 1;
        Position at = new Position(topic.name(), partition, offset, time);
        log.add(new Rec(at, key, value));
        return at;
    }

    List<Rec> of(Topic<?> topic, int partition) {
        return logs.computeIfAbsent(new Log(topic.name(), partition), log -> new ArrayList<>());
    }

    List<Rec> decisions(int partition) {
        return of(Topics.DECISIONS, partition);
    }

    List<Integer> partitions() {
        return logs.keySet().stream().map(Log::partition).distinct().sorted().toList();
    }

    /** The index of the n-th decision that fits, or -1. */
    int find(int partition, int n, Predicate<Decision> fits) {
        List<Rec> log = decisions(partition);
        int left = n;
        for (int i = 0; i < log.size(); i++) {
            if (fits.test(log.get(i).decision()) && left-- == 0) {
                return i;
            }
        }
        return -1;
    }

    AuditReport audit() {
        return audit(AuditSettings.DEFAULT);
    }

    AuditReport audit(AuditSettings settings) {
        Audit audit = new Audit(settings);
        feedAll(audit);
        return audit.report();
    }

    /** Configurations, decisions, events: as a command reads them. */
    void feedAll(Audit audit) {
        for (Topic<?> topic :
                List.of(Topics.POOL_CONFIGS, Topics.DECISIONS, Topics.SESSION_EVENTS)) {
            partitions().forEach(p -> of(topic, p).forEach(record -> feed(audit, record)));
        }
        audit.finish();
    }

    /** One topic after the other, in this order of theirs. */
    AuditReport auditInOrder(List<Topic<?>> topics) {
        Audit audit = new Audit(AuditSettings.DEFAULT);
        for (Topic<?> topic : topics) {
            partitions().forEach(p -> of(topic, p).forEach(record -> feed(audit, record)));
        }
        audit.finish();
        return audit.report();
    }

    /** Bits of every log by turns, as chance has it, with reports and ends in between. */
    AuditReport auditInterleaved(RandomGenerator random, int mostAtOnce) {
        Audit audit = new Audit(AuditSettings.DEFAULT);
        List<List<Rec>> left = new ArrayList<>(logs.values());
        Map<List<Rec>, Integer> next = new java.util.IdentityHashMap<>();
        left.removeIf(List::isEmpty);
        while (!left.isEmpty()) {
            List<Rec> log = left.get(random.nextInt(left.size()));
            int from = next.getOrDefault(log, 0);
            int until = Math.min(log.size(), from + 1 + random.nextInt(mostAtOnce));
            log.subList(from, until).forEach(record -> feed(audit, record));
            next.put(log, until);
            if (until == log.size()) {
                left.removeIf(one -> one == log);
            }
            if (random.nextInt(50) == 0) {
                audit.report();
            }
        }
        audit.finish();
        return audit.report();
    }

    /** Exchanges two decisions; offsets stay in order. */
    void swapDecisions(int partition, int one, int other) {
        List<Rec> log = decisions(partition);
        Rec a = log.get(one);
        Rec b = log.get(other);
        log.set(one, b.at(a.at().offset(), b.at().timestamp()));
        log.set(other, a.at(b.at().offset(), a.at().timestamp()));
    }

    /** Takes these for the partition's decisions and numbers them anew. */
    void renumber(int partition, List<Rec> records) {
        List<Rec> log = decisions(partition);
        log.clear();
        for (Rec record : records) {
            log.add(record.at(log.size(), record.at().timestamp()));
        }
    }

    /** As if retention had taken the first records of a log. */
    void truncate(Topic<?> topic, int partition, int records) {
        of(topic, partition).subList(0, records).clear();
    }

    static void feed(Audit audit, Rec record) {
        if (record.at().topic().equals(Topics.SESSION_EVENTS.name())) {
            audit.event(record.at(), record.key(), (SessionEvent) record.value());
        } else if (record.at().topic().equals(Topics.DECISIONS.name())) {
            audit.decision(record.at(), record.key(), record.decision());
        } else {
            audit.config(record.at(), record.key(), (PoolConfig) record.value());
        }
    }
}
