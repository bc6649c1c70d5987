package io.exitpool.bench.latency;

import io.exitpool.bench.report.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What all rounds say together: of each variant at each rate the medians, and its ratios to the
 * floors. A ratio is the median of the rounds' ratios and not that of the medians: what a round
 * holds was measured within minutes, and a machine that others use changes from round to round.
 */
record Summary(List<Row> rows) {

    /**
     * A variant at a rate, in milliseconds.
     *
     * @param rounds how many were valid
     */
    record Row(
            int rate,
            Variant variant,
            int rounds,
            double p50,
            double p99,
            double p999,
            double max,
            Optional<Ratio> toLoop,
            Optional<Ratio> toFloorB) {}

    /** How many times as long as a floor's. */
    record Ratio(double p50, double p99) {}

    /** Rates and variants in the order of the first round. What was never valid has no row. */
    static Summary of(List<Round> rounds) {
        List<Row> rows = new ArrayList<>();
        for (int rate : rounds.stream().map(Round::rate).distinct().toList()) {
            for (Variant variant : rounds.stream().map(Round::variant).distinct().toList()) {
                List<Round> mine = valid(rounds, rate, variant);
                if (!mine.isEmpty()) {
                    rows.add(row(rounds, rate, variant, mine));
                }
            }
        }
        return new Summary(rows);
    }

    private static Row row(List<Round> rounds, int rate, Variant variant, List<Round> mine) {
        return new Row(
                rate,
                variant,
                mine.size(),
                median(mine, Waits::p50),
                median(mine, Waits::p99),
                median(mine, Waits::p999),
                median(mine, Waits::max),
                ratio(mine, valid(rounds, rate, Variant.LOOP)),
                ratio(mine, valid(rounds, rate, Variant.FLOOR_B)));
    }

    private static List<Round> valid(List<Round> rounds, int rate, Variant variant) {
        return rounds.stream()
                .filter(round -> round.rate() == rate && round.variant() == variant)
                .filter(round -> round.sample().valid())
                .toList();
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Waits> figure) {
        return Median.of(
                rounds.stream()
                        .mapToDouble(round -> figure.applyAsDouble(round.sample().waits()))
                        .toArray());
    }

    /** None for a floor itself, and none if no round has both. */
    private static Optional<Ratio> ratio(List<Round> mine, List<Round> floors) {
        double[] p50 = ratios(mine, floors, Waits::p50);
        boolean floor = mine.get(0).variant().isFloor();
        return floor || p50.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Ratio(Median.of(p50), Median.of(ratios(mine, floors, Waits::p99))));
    }

    private static double[] ratios(
            List<Round> mine, List<Round> floors, ToDoubleFunction<Waits> figure) {
        return mine.stream()
                .flatMapToDouble(
                        round ->
                                floors.stream()
                                        .filter(floor -> floor.number() == round.number())
                                        .mapToDouble(
                                                floor ->
                                                        figure.applyAsDouble(round.sample().waits())
                                                                / figure.applyAsDouble(
                                                                        floor.sample().waits())))
                .toArray();
    }
}
