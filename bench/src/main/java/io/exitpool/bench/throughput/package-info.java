/**
 * {@code bench throughput}: how many events a second the allocation takes, beside applications that
 * decide nothing.
 */
package io.exitpool.bench.throughput;
