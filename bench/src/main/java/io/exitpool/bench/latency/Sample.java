package io.exitpool.bench.latency;

/**
 * What stretches of load at one rate gave together.
 *
 * @param waits from the moment at which an event was due to its answer
 * @param late how much of that the load itself was late: from due to handed to the producer
 * @param achieved events sent per second
 * @param lost events without an answer in time; any spoils the sample
 * @param refused starts that were rejected
 */
record Sample(Waits waits, Waits late, double achieved, int lost, long refused, Cpu cpu) {

    /** Whether it stands for anything: what was never answered has no latency. */
    boolean valid() {
        return lost == 0 && waits.count() > 0;
    }
}
