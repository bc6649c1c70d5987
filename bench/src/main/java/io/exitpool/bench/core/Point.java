package io.exitpool.bench.core;

import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One thing that is measured.
 *
 * @param method of a benchmark
 * @param slots of the pool, where there is one
 * @param placement of the pool, where there is one
 */
record Point(String method, Optional<Integer> slots, Optional<String> placement) {

    static Point of(BenchmarkParams parameters) {
        String name = parameters.getBenchmark();
        return new Point(
                name.substring(name.lastIndexOf('.') + 1),
                Optional.ofNullable(parameters.getParam("slots")).map(Integer::valueOf),
                Optional.ofNullable(parameters.getParam("placement")));
    }

    /** What is nobody's pool. */
    static Point of(String method) {
        return new Point(method, Optional.empty(), Optional.empty());
    }
}
