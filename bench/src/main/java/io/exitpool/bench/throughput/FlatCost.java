package io.exitpool.bench.throughput;

import java.util.ArrayList;
import java.util.List;

/**
 * How much more an event costs in one fleet than in the first: the inverse of the rates' ratio.
 *
 * @param servers of the fleet
 * @param against servers of the first
 */
record FlatCost(int threads, String variant, int servers, int against, double costRatio) {

    /** Of all variants in all fleets but the first, for each number of threads. */
    static List<FlatCost> of(List<Result> results) {
        List<FlatCost> costs = new ArrayList<>();
        for (Result result : results) {
            Result first =
                    results.stream()
                            .filter(other -> other.threads() == result.threads())
                            .findFirst()
                            .orElseThrow();
            if (first != result) {
                result.medians()
                        .forEach(
                                (variant, rate) ->
                                        costs.add(
                                                new FlatCost(
                                                        result.threads(),
                                                        variant,
                                                        result.servers(),
                                                        first.servers(),
                                                        first.medians().get(variant) / rate)));
            }
        }
        return costs;
    }
}
