/**
 * Kafka around the pools. In the order the data flows: {@link io.exitpool.streams.codec} turns
 * records into the domain's words and back, {@link io.exitpool.streams.allocation} is the topology
 * that carries them through the pools, {@link io.exitpool.streams.config} its settings, {@link
 * io.exitpool.streams.app} the program, {@link io.exitpool.streams.http} what it shows of itself.
 */
package io.exitpool.streams;
