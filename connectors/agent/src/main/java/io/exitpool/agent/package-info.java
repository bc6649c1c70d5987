/**
 * The program on an exit server. {@link io.exitpool.agent.AgentLink} joins the state machine of
 * {@link io.exitpool.agent.protocol} to Kafka, {@link io.exitpool.agent.DumpReplay} plays a capture
 * of WireGuard's dumps through it, and {@link io.exitpool.agent.AgentCommand} is the command line
 * of both and of a live interface. One thread does all of it, so that events leave in the order in
 * which things happened.
 */
package io.exitpool.agent;
