package io.exitpool.bench.latency;

/**
 * What each Java machine used of one core while the load was measured: 1 is a core. On a small
 * machine latency at a high rate is a matter of who gets them.
 *
 * @param others everything else on this machine: far from 0, and the figures beside it are not ours
 *     alone
 */
record Cpu(double broker, double app, double load, double others) {}
