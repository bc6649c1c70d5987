package io.exitpool.bench.core;

import java.util.List;
import java.util.Map;

/** A group of benchmarks that {@code --what} names, and what their methods are called in tables. */
enum Subject {
    PAIRS(
            List.of(
                    PairBenchmark.class,
                    PlainPairBenchmark.class,
                    StartBenchmark.class,
                    EndBenchmark.class,
                    DecisionBenchmark.class),
            Map.of(
                    "pair", "start and end",
                    "plainPair", "start and end, plain books",
                    "start", "start",
                    "end", "end")),
    DRY(
            List.of(DryBenchmark.class, DecisionBenchmark.class),
            Map.of("dry", "start, pool dry", "duplicate", "duplicate event")),
    CODECS(
            List.of(CodecBenchmark.class),
            Map.ofEntries(
                    Map.entry("readStart", "read a start"),
                    Map.entry("readGranted", "read a grant"),
                    Map.entry("readEnd", "read an end"),
                    Map.entry(
                            "readSnapshot", "read " + CodecSamples.SNAPSHOT_SESSIONS + " sessions"),
                    Map.entry("writeGranted", "write a grant"),
                    Map.entry("writeReleased", "write a release"),
                    Map.entry("writeLease", "write a lease's row"),
                    Map.entry("writeSlot", "write a slot's row"),
                    Map.entry("readLease", "read a lease's row"),
                    Map.entry("readSlot", "read a slot's row"),
                    Map.entry("leaseKey", "write a lease's key"),
                    Map.entry("slotKey", "write a slot's key"))),
    WINDOWS(List.of(WindowBenchmark.class), Map.of("decision", "a decision in the statistics"));

    private final List<Class<?>> benchmarks;
    private final Map<String, String> names;

    Subject(List<Class<?>> benchmarks, Map<String, String> names) {
        this.benchmarks = benchmarks;
        this.names = names;
    }

    List<Class<?>> benchmarks() {
        return benchmarks;
    }

    /** Whether sizes and placements of pools make a difference to it. */
    boolean ofPools() {
        return this == PAIRS || this == DRY;
    }

    /** Whether a benchmark method is one of its own. */
    boolean has(String method) {
        return names.containsKey(method);
    }

    /** What a benchmark method measures, in words. */
    String name(String method) {
        return names.get(method);
    }
}
