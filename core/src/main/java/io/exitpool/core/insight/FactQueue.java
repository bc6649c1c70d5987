package io.exitpool.core.insight;

import io.exitpool.core.stats.Fact;

/** Decisions that no status counted yet: a ring. */
final class FactQueue {
    private static final int SMALLEST = 16;

    private Fact[] facts = new Fact[SMALLEST];
    private int first;
    private int size;

    void add(Fact fact) {
        if (size == facts.length) {
            grow();
        }
        facts[first + size & facts.length - 1] = fact;
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

    /** The nth, from the oldest. */
    Fact get(int n) {
        return facts[first + n & facts.length - 1];
    }

    private void grow() {
        Fact[] moreFacts = new Fact[2 * size];
        for (int n = 0; n < size; n++) {
            moreFacts[n] = get(n);
        }
        facts = moreFacts;
        first = 0;
    }
}
