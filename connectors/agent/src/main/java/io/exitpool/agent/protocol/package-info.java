/**
 * What an agent says to the allocator and does with its answers, as a plain state machine: {@link
 * io.exitpool.agent.protocol.Agent} takes tunnels, decisions and the time, and hands events to an
 * {@link io.exitpool.agent.protocol.Outbox} and addresses to an {@link
 * io.exitpool.agent.protocol.ExitMap}. No clock, no thread, no Kafka; randomness is handed in.
 * {@link io.exitpool.agent.protocol.Wish} is stickiness, computed here because the key must not
 * leave the exit server.
 */
package io.exitpool.agent.protocol;
