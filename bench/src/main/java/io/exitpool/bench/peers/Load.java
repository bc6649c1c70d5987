package io.exitpool.bench.peers;

import java.time.Duration;

/** How long every peer is loaded in a round, and the seed of what it is asked. */
record Load(Duration warmUp, Duration measured, long seed) {}
