package io.exitpool.operator.audit;

import java.util.OptionalInt;

/** The slots that a start or a snapshot's entry names. */
record Asked(OptionalInt held, OptionalInt wanted) {

    static Asked of(Integer held, Integer wanted) {
        return new Asked(optional(held), optional(wanted));
    }

    private static OptionalInt optional(Integer slot) {
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }
}
