package io.exitpool.agent.protocol;

import io.exitpool.schemas.AgentEvent;

/**
 * Where an agent's events go, in the order in which they are handed over. An event that is lost on
 * the way is repaired by the next snapshot, so sending neither answers nor throws for it.
 */
@FunctionalInterface
public interface Outbox {
    void send(AgentEvent event);
}
