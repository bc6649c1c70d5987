package io.exitpool.bench.latency;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param rates events per second, each in turn
 * @param measured how long each rate is measured
 * @param warmUp how long an application is under load before
 * @param floorCommit how often floor B commits
 * @param settings Exitpool's, beside its defaults
 */
record Plan(
        List<Integer> rates,
        Duration measured,
        Duration warmUp,
        int rounds,
        int servers,
        List<Variant> variants,
        Duration floorCommit,
        Map<String, String> settings,
        long seed) {}
