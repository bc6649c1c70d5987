package io.exitpool.demo.fleet;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to be done at which minute of the run; what was put in first comes first in a minute. */
final class Agenda {

    private record Item(double minute, long number, Runnable action) {}

    private final PriorityQueue<Item> items =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Item::minute).thenComparingLong(Item::number));
    private long number;

    void at(double minute, Runnable action) {
        items.add(new Item(minute, number++, action));
    }

    /** Does what is due by a minute, in the order of time. */
    void run(double minute) {
        while (!items.isEmpty() && items.element().minute() <= minute) {
            items.remove().action().run();
        }
    }

    /** When the next item is due; infinity when there is none. */
    double nextMinute() {
        return items.isEmpty() ? Double.POSITIVE_INFINITY : items.element().minute();
    }

    void clear() {
        items.clear();
    }
}
