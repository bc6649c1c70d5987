package io.exitpool.agent;

import io.exitpool.agent.protocol.AgentCounters;
import java.util.List;
import java.util.OptionalLong;

/**
 * What came of a replay.
 *
 * @param seconds length of the capture
 * @param sessions in the order in which they began, then of their peers
 * @param counters of the agent that the replay was
 * @param unanswered starts and ends that the allocator did not answer in time
 * @param undelivered events that did not reach Kafka
 * @param supersededBy the epoch of another agent of the server that ended the replay
 */
public record ReplayResult(
        String server,
        long seconds,
        List<ReplaySession> sessions,
        AgentCounters counters,
        int unanswered,
        long undelivered,
        OptionalLong supersededBy) {
    public ReplayResult {
        sessions = List.copyOf(sessions);
    }

    /** Every event was delivered and answered. */
    public boolean complete() {
        return unanswered == 0 && undelivered == 0 && supersededBy.isEmpty();
    }
}
