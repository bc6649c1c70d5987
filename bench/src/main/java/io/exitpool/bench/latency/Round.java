package io.exitpool.bench.latency;

/**
 * A sample and what it is of.
 *
 * @param number from 1; what has the same number and rate was measured soon after each other, with
 *     events due at the same times
 */
record Round(int number, int rate, Variant variant, Sample sample) {}
