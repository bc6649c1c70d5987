/**
 * The domain of Exitpool in plain Java: no Kafka, no Avro, no logging, no clock.
 *
 * <p>Read it in the order the data flows: {@link io.exitpool.core.event} is what an exit server
 * says, {@link io.exitpool.core.pool} is the state machine that hears it, {@link
 * io.exitpool.core.decision} is what it answers.
 */
package io.exitpool.core;
