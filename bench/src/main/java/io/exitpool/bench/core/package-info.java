/**
 * {@code ./exitpool bench core}: what the pools, the codecs and the statistics cost by themselves,
 * without Kafka and without a store. {@link io.exitpool.bench.core.CoreCommand} runs the JMH
 * benchmarks of this package and relates them to one another.
 */
package io.exitpool.bench.core;
