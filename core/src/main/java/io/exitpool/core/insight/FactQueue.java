package io.exitpool.core.insight;

import io.exitpool.core.stats.Fact;

/** Decisions that no status counted yet, with their entries of the journal: a ring of both. */
final class FactQueue {
    private static final int SMALLEST = 16;

    private Fact[] facts = new Fact[SMALLEST];
    private long[] entries = new long[SMALLEST];
    private int first;
    private int size;

    void add(long entry, Fact fact) {
        if (size == facts.length) {
            grow();
        }
        int at = first + size & facts.length - 1;
        facts[at] = fact;
        entries[at] = entry;
        size++;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The oldest; there must be one. */
    Fact peek() {
        return facts[first];
    }

    /** The newest; there must be one. */
    Fact last() {
        return facts[first + size - 1 & facts.length - 1];
    }

    Fact remove() {
        Fact fact = facts[first];
        facts[first] = null;
        first = first + 1 & facts.length - 1;
        size--;
        return fact;
    }

    /** The nth's entry of the journal, from the oldest. */
    long entry(int n) {
        return entries[first + n & facts.length - 1];
    }

    private void grow() {
        Fact[] moreFacts = new Fact[2 * size];
        long[] moreEntries = new long[2 * size];
        for (int n = 0; n < size; n++) {
            moreFacts[n] = facts[first + n & size - 1];
            moreEntries[n] = entry(n);
        }
        facts = moreFacts;
        entries = moreEntries;
        first = 0;
    }
}
