package io.exitpool.bench.throughput;

import io.exitpool.bench.report.Median;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all rounds of one fleet and number of threads gave.
 *
 * @param backlogBytesPerEvent of the events' topic
 * @param medians events per second by variant
 * @param ratios of medians; only of variants that took part
 */
record Result(
        int servers,
        long slots,
        int threads,
        double backlogBytesPerEvent,
        List<Turn> turns,
        Map<String, Double> medians,
        Map<String, Double> ratios) {

    static Result of(int servers, long slots, int threads, double backlogBytes, List<Turn> turns) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            List<Double> rates =
                    turns.stream()
                            .filter(turn -> turn.variant().equals(variant.label()))
                            .map(Turn::eventsPerSecond)
                            .toList();
            if (!rates.isEmpty()) {
                medians.put(variant.label(), Median.of(rates));
            }
        }
        return new Result(servers, slots, threads, backlogBytes, turns, medians, ratios(medians));
    }

    /** The median of a variant; null if it did not take part. */
    Double median(Variant variant) {
        return medians.get(variant.label());
    }

    private static Map<String, Double> ratios(Map<String, Double> medians) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratio(medians, Variant.ALLOCATION, Variant.PASSTHROUGH, ratios);
        ratio(medians, Variant.ALLOCATION, Variant.ROWS, ratios);
        ratio(medians, Variant.ALLOCATION, Variant.ROWS_OWN_STORE, ratios);
        ratio(medians, Variant.WITH_INSIGHT, Variant.ALLOCATION, ratios);
        return ratios;
    }

    private static void ratio(
            Map<String, Double> medians, Variant of, Variant to, Map<String, Double> ratios) {
        Double above = medians.get(of.label());
        Double below = medians.get(to.label());
        if (above != null && below != null) {
            ratios.put(of.label() + " / " + to.label(), above / below);
        }
    }
}
