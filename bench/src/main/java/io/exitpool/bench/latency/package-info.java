/**
 * {@code bench latency}: from the moment at which an event is due to the moment at which a reader
 * of committed records has its answer. {@link io.exitpool.bench.latency.Pacer} sends in an open
 * loop, {@link io.exitpool.bench.latency.Recorder} waits for the answers, and {@link
 * io.exitpool.bench.latency.Variant} says who answers them: a floor, or Exitpool.
 */
package io.exitpool.bench.latency;
