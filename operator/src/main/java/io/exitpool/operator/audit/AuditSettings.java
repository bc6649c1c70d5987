package io.exitpool.operator.audit;

import java.time.Duration;

/**
 * What the audit tolerates.
 *
 * @param grace how long an answer may be on its way: what is unanswered for less at the end of the
 *     topics is pending. Counted in Ticks, which only a running allocation writes, so that nothing
 *     is missing because the allocation is down. Default 30 s.
 * @param timeTolerance how far a decision's time may be from its event's. Default 1 s, for a
 *     broker's clock that was set back.
 * @param restTolerance how much sooner than promised a slot may be granted. Default 0.
 * @param countedGap a longer gap between two events of a partition does not count towards
 *     lease-ttl. Default 30 s, the allocation's own.
 * @param epochAhead an epoch further ahead of its record's time takes no effect. Default 1 day, the
 *     allocation's own.
 * @param addressMemory how long a lease that is over is kept to be held against other servers'
 *     leases of its address. Default 3 h, longer than decisions are kept.
 * @param firstOffenders how many violations of each kind the report names. Default 10.
 * @param partitions partitions of each topic, to find records on the wrong one; 0 leaves that out.
 *     Default 0.
 */
public record AuditSettings(
        Duration grace,
        Duration timeTolerance,
        Duration restTolerance,
        Duration countedGap,
        Duration epochAhead,
        Duration addressMemory,
        int firstOffenders,
        int partitions) {

    public static final AuditSettings DEFAULT =
            new AuditSettings(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ofSeconds(30),
                    Duration.ofDays(1),
                    Duration.ofHours(3),
                    10,
                    0);

    public AuditSettings {
        require(!grace.isNegative(), "grace is negative");
        require(!timeTolerance.isNegative(), "timeTolerance is negative");
        require(!restTolerance.isNegative(), "restTolerance is negative");
        require(!countedGap.isNegative(), "countedGap is negative");
        require(!epochAhead.isNegative(), "epochAhead is negative");
        require(!addressMemory.isNegative(), "addressMemory is negative");
        require(firstOffenders >= 0, "firstOffenders is negative");
        require(partitions >= 0, "partitions is negative");
    }

    public AuditSettings withFirstOffenders(int first) {
        return new AuditSettings(
                grace,
                timeTolerance,
                restTolerance,
                countedGap,
                epochAhead,
                addressMemory,
                first,
                partitions);
    }

    public AuditSettings withPartitions(int number) {
        return new AuditSettings(
                grace,
                timeTolerance,
                restTolerance,
                countedGap,
                epochAhead,
                addressMemory,
                firstOffenders,
                number);
    }

    public AuditSettings withGrace(Duration atMost) {
        return new AuditSettings(
                atMost,
                timeTolerance,
                restTolerance,
                countedGap,
                epochAhead,
                addressMemory,
                firstOffenders,
                partitions);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
