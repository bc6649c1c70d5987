package io.exitpool.operator.plan;

import io.exitpool.core.stats.ErlangB;
import java.util.List;
import java.util.TreeSet;

/**
 * What pools of given sizes carry.
 *
 * @param targets shares of starts that may be rejected, ascending
 * @param rows one for each size, in the order asked for
 */
record SizeTable(int cap, List<Double> targets, List<Row> rows) {

    private static final List<Double> USUAL_TARGETS = List.of(0.001, 0.01, 0.05);

    /** A size, and the load in erlangs that it carries at each of the targets. */
    record Row(long slots, long places, List<Double> erlangs) {

        /** Offered load over places at one of the targets. */
        double utilisation(int target) {
            return erlangs.get(target) / places;
        }
    }

    /** The sizes at 0.1 %, 1 % and 5 %, and at the target if that is another. */
    static SizeTable of(List<Integer> sizes, int cap, double target) {
        TreeSet<Double> targets = new TreeSet<>(USUAL_TARGETS);
        targets.add(target);
        List<Double> ascending = List.copyOf(targets);
        return new SizeTable(
                cap, ascending, sizes.stream().map(size -> row(size, cap, ascending)).toList());
    }

    private static Row row(int slots, int cap, List<Double> targets) {
        long places = (long) slots * cap;
        return new Row(
                slots,
                places,
                targets.stream().map(target -> ErlangB.load(places, target)).toList());
    }
}
