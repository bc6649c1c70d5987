package io.exitpool.agent.protocol;

import java.time.Duration;

/**
 * The times and limits that an agent keeps.
 *
 * @param snapshotEvery from one snapshot to the next; well below the pools' lease-ttl
 * @param unansweredAfter an unanswered start is sent again after this, then after twice as long,
 *     and so on up to {@code snapshotEvery}
 * @param retryAtLeast a rejected start waits this long even when the rejection names less
 * @param requestedSnapshotsApart a burst of releases or rejections asks for one snapshot, not for
 *     one each: the first is sent at once, the next no sooner than this
 * @param rememberEndedFor how long an ended session's answer is waited for
 * @param maxEntriesPerPart sessions in one part of a snapshot, at most {@value #MAX_ENTRIES}
 */
public record AgentSettings(
        Duration snapshotEvery,
        Duration unansweredAfter,
        Duration retryAtLeast,
        Duration requestedSnapshotsApart,
        Duration rememberEndedFor,
        int maxEntriesPerPart) {
    /** The contract's bound on the entries of one part: it keeps a record below a megabyte. */
    public static final int MAX_ENTRIES = 4_096;

    public static final AgentSettings DEFAULT =
            new AgentSettings(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    MAX_ENTRIES);

    public AgentSettings {
        requirePositive(snapshotEvery, "snapshotEvery");
        requirePositive(unansweredAfter, "unansweredAfter");
        requirePositive(retryAtLeast, "retryAtLeast");
        requirePositive(requestedSnapshotsApart, "requestedSnapshotsApart");
        requirePositive(rememberEndedFor, "rememberEndedFor");
        if (maxEntriesPerPart < 1 || maxEntriesPerPart > MAX_ENTRIES) {
            throw new IllegalArgumentException("maxEntriesPerPart is not 1 to " + MAX_ENTRIES);
        }
    }

    /** The same for a fleet whose every duration is divided; none becomes shorter than 1 ms. */
    public AgentSettings dividedBy(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is not above 0");
        }
        return new AgentSettings(
                divided(snapshotEvery, speed),
                divided(unansweredAfter, speed),
                divided(retryAtLeast, speed),
                divided(requestedSnapshotsApart, speed),
                divided(rememberEndedFor, speed),
                maxEntriesPerPart);
    }

    private static Duration divided(Duration duration, double speed) {
        return Duration.ofMillis(Math.max(1, Math.round(duration.toMillis() / speed)));
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(name + " is below 1 ms");
        }
    }
}
