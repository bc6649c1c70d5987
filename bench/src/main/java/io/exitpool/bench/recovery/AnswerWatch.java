package io.exitpool.bench.recovery;

import io.exitpool.bench.leases.DecisionTap;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Notes when each partition answered first after a kill. Only sessions that were announced after it
 * count: earlier ones may have been decided already, and merely not been read.
 */
final class AnswerWatch implements DecisionTap.Listener {
    private final Function<SessionId, Optional<Long>> announcedAt;
    private final Set<Integer> partitions;
    private final long killedAt;
    private final Map<Integer, Long> first = new ConcurrentHashMap<>();

    /**
     * @param announcedAt when a session was announced, if anybody knows
     * @param killedAt {@link System#nanoTime} then, as all times here are
     */
    AnswerWatch(
            Function<SessionId, Optional<Long>> announcedAt,
            Set<Integer> partitions,
            long killedAt) {
        this.announcedAt = announcedAt;
        this.partitions = Set.copyOf(partitions);
        this.killedAt = killedAt;
    }

    @Override
    public void decided(int partition, Decision decision, long arrivedAt) {
        if (!partitions.contains(partition) || first.containsKey(partition)) {
            return;
        }
        boolean after =
                announcedAt
                        .apply(decision.getSession())
                        .filter(announced -> announced - killedAt > 0)
                        .isPresent();
        if (after) {
            first.put(partition, arrivedAt);
        }
    }

    boolean complete() {
        return first.size() == partitions.size();
    }

    Duration first() {
        return Duration.ofNanos(
                first.values().stream().mapToLong(at -> at - killedAt).min().orElseThrow());
    }

    Duration all() {
        return Duration.ofNanos(
                first.values().stream().mapToLong(at -> at - killedAt).max().orElseThrow());
    }
}
