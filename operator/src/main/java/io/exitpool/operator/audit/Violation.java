package io.exitpool.operator.audit;

import java.util.Comparator;

/**
 * One broken promise. It is named by record and server only: what else the record holds (session,
 * slot, address) may not stand together in one line, and whoever may read the topic can look.
 *
 * @param at the record that broke it, or that was not answered
 * @param what the figures, never an id
 */
public record Violation(ViolationKind kind, Position at, String server, String what)
        implements Comparable<Violation> {

    private static final Comparator<Violation> ORDER =
            Comparator.comparing(Violation::at)
                    .thenComparing(Violation::kind)
                    .thenComparing(Violation::what);

    @Override
    public int compareTo(Violation other) {
        return ORDER.compare(this, other);
    }
}
