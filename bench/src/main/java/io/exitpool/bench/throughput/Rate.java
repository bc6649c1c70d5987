package io.exitpool.bench.throughput;

/** So many events in so long. */
record Rate(double events, double seconds) {

    double perSecond() {
        return events / seconds;
    }
}
