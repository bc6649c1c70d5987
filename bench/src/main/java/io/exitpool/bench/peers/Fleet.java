package io.exitpool.bench.peers;

import io.exitpool.bench.load.FleetShape;
import java.time.Duration;

/** What every peer is set up with: servers of equally many slots, and how long a slot rests. */
record Fleet(int servers, int slots, int minRestMillis) {

    Fleet {
        if (servers < 1 || servers > 10_000) {
            throw new IllegalArgumentException("servers are 1 to 10000, not " + servers);
        }
        if (slots < 2 || slots > 4_096) {
            throw new IllegalArgumentException("slots are 2 to 4096, not " + slots);
        }
    }

    /** As Exitpool's own benchmarks describe it. */
    FleetShape shape() {
        return FleetShape.uniform(servers, slots);
    }

    Duration minRest() {
        return Duration.ofMillis(minRestMillis);
    }
}
