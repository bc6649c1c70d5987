package io.exitpool.core.pool;

import java.util.Arrays;

/**
 * All slots in a row that is cut into regions, so that any slot of a region, or of several beside
 * each other, is one look-up. A slot moves to a neighbouring region in one step, whatever their
 * sizes: the one at the border takes its place.
 */
final class Regions {
    private final int[] order;

    /** Where each slot is in the order. */
    private final int[] position;

    /** Region r is order[regionStart[r] .. regionStart[r + 1]). */
    private final int[] regionStart;

    /** All slots are in the home region. */
    Regions(int size, int regions, int home) {
        order = new int[size];
        position = new int[size];
        for (int slot = 0; slot < size; slot++) {
            order[slot] = slot;
            position[slot] = slot;
        }
        regionStart = new int[regions + 1];
        Arrays.fill(regionStart, home + 1, regionStart.length, size);
    }

    int count(int region) {
        return count(region, region + 1);
    }

    /** How many slots are in the regions from one up to another, which does not count. */
    int count(int from, int to) {
        return regionStart[to] - regionStart[from];
    }

    /** The n-th slot from the region's start on, in it or in those that follow. */
    int at(int region, int n) {
        return order[regionStart[region] + n];
    }

    /** Carries a slot from region to region; what was at a border fills the hole before it. */
    void move(int slot, int from, int to) {
        int hole = position[slot];
        int region = from;
        while (region != to) {
            if (region < to) {
                region++;
                regionStart[region]--;
                hole = fill(hole, regionStart[region]);
            } else {
                hole = fill(hole, regionStart[region]);
                regionStart[region]++;
                region--;
            }
        }
        order[hole] = slot;
        position[slot] = hole;
    }

    /** The hole is at the border itself when the region on its way is empty. */
    private int fill(int hole, int border) {
        if (hole != border) {
            int slot = order[border];
            order[hole] = slot;
            position[slot] = hole;
        }
        return border;
    }
}
