package io.exitpool.core.statistics;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** How often two servers granted which pair of slots, and whether one tells of the other. */
final class Contingency {
    private final long[][] pairs;
    private final long[] rows;
    private final long[] columns;
    private long all;

    Contingency(int rows, int columns) {
        pairs = new long[rows][columns];
        this.rows = new long[rows];
        this.columns = new long[columns];
    }

    void add(int row, int column) {
        pairs[row][column]++;
        rows[row]++;
        columns[column]++;
        all++;
    }

    /** Plug-in mutual information in bits; biased up by about (a-1)(b-1) / (2 N ln 2). */
    double mutualInformation() {
        double bits = 0;
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                double pair = pairs[row][column];
                if (pair > 0) {
                    double ratio = pair * all / ((double) rows[row] * columns[column]);
                    bits += pair / all * Math.log(ratio) / Math.log(2);
                }
            }
        }
        return bits;
    }

    /** Probability of so large a G if neither tells of the other: 2 N ln 2 MI is chi-square. */
    double independence() {
        double freedom = (rows.length - 1.0) * (columns.length - 1.0);
        double g = 2 * all * Math.log(2) * mutualInformation();
        return 1 - new ChiSquaredDistribution(null, freedom).cumulativeProbability(g);
    }

    double meanPerCell() {
        return (double) all / (rows.length * columns.length);
    }
}
