package io.exitpool.operator.audit;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Judges the pools by their topics. Records are handed in as they are read: each partition of each
 * topic in its order, the topics and partitions among each other in any order, which does not
 * change what is found. It has no clock, asks nobody, and shares no code with the allocation.
 *
 * <p>It keeps what lives (leases, slots, configurations), what one topic was read ahead of another,
 * and leases that ended lately; so it may follow the topics for as long as they go on. Not safe for
 * use by several threads.
 */
public final class Audit {
    private final AuditSettings settings;
    private final Findings findings;
    private final AddressBook addresses;
    private final Tally tally = new Tally();
    private final Map<Integer, PartitionAudit> partitions = new TreeMap<>();
    private long decisions;
    private long decisionsAtLastEnd;

    public Audit(AuditSettings settings) {
        this(settings, violation -> {});
    }

    /**
     * @param listener hears of each violation once it is certain; those that may yet be cleared at
     *     the topics' end stand in the report only
     */
    public Audit(AuditSettings settings, Consumer<Violation> listener) {
        this.settings = settings;
        findings = new Findings(settings.firstOffenders(), listener);
        addresses = new AddressBook(settings.addressMemory().toMillis(), findings);
    }

    /** The log of events begins at this offset. Without it, at the first record handed in. */
    public void eventsBegin(int partition, long offset) {
        partition(partition).events().begins(offset);
    }

    /** The log of decisions begins at this offset. Without it, at the first record handed in. */
    public void decisionsBegin(int partition, long offset) {
        partition(partition).decisions().begins(offset);
    }

    public void event(Position at, String key, SessionEvent event) {
        tally.record(at);
        tally.time(at);
        partition(at.partition()).event(at, key, event);
    }

    /**
     * A configuration; null for a tombstone. Hand in configurations first where that is possible,
     * because decisions wait for theirs; one handed in before is passed over.
     */
    public void config(Position at, String server, PoolConfig config) {
        if (server != null && partition(at.partition()).config(at, server, config)) {
            tally.record(at);
        }
    }

    public void decision(Position at, String server, Decision decision) {
        tally.record(at);
        tally.time(at);
        if (server == null) {
            findings.violation(
                    new Violation(ViolationKind.WRONG_PARTITION, at, "", "it has no key"));
            return;
        }
        tally.decision(decision);
        partition(at.partition()).decision(at, server, decision, decisions++);
    }

    /** A record that could not be decoded: whatever it said is unknown. */
    public void undecodable(Position at) {
        tally.record(at);
        findings.unknown(Unknown.UNDECODABLE, 1);
        if (at.topic().equals(Topics.SESSION_EVENTS.name())) {
            partition(at.partition()).undecodableEvent(at);
        } else if (at.topic().equals(Topics.DECISIONS.name())) {
            partition(at.partition()).undecodableDecision(at);
        }
    }

    /**
     * All topics were read to where they ended at some moment. Decisions that were handed in before
     * the last such call wait no longer: what they need would have been read since.
     */
    public void endReached() {
        release(decisionsAtLastEnd);
        decisionsAtLastEnd = decisions;
    }

    /** All that any decision handed in so far depends on was handed in. */
    public void finish() {
        release(decisions);
    }

    /** What was found so far. What is unanswered for too long at the end is a violation in it. */
    public AuditReport report() {
        Findings all = findings.copy();
        Map<Pending, Long> pending = new EnumMap<>(Pending.class);
        partitions.values().forEach(partition -> partition.report(all, pending));
        addresses.report(all, partition -> partition(partition).clock().now());
        Map<String, Long> late = new TreeMap<>();
        for (PartitionAudit partition : partitions.values()) {
            if (partition.events().late()) {
                late.merge(Topics.SESSION_EVENTS.name(), 1L, Long::sum);
            }
            if (partition.decisions().late()) {
                late.merge(Topics.DECISIONS.name(), 1L, Long::sum);
            }
        }
        int servers = partitions.values().stream().mapToInt(PartitionAudit::servers).sum();
        return tally.report(servers, late, all, pending);
    }

    private void release(long number) {
        partitions.values().forEach(partition -> partition.release(number));
    }

    private PartitionAudit partition(int number) {
        return partitions.computeIfAbsent(
                number,
                partition -> new PartitionAudit(partition, settings, findings, addresses, tally));
    }
}
