package io.exitpool.core.event;

/**
 * One event of one exit server.
 *
 * @param epoch the life of the agent that speaks; grows from one life to the next, above 0
 * @param seq number of the event within its epoch, above 0; grows
 * @param occurredAt the agent's clock in whole seconds since 1970; no rule reads it
 * @param body what happened
 */
public record AgentEvent(long epoch, long seq, long occurredAt, EventBody body) {
    public AgentEvent {
        require(epoch > 0, "epoch is not above 0");
        require(seq > 0, "seq is not above 0");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
