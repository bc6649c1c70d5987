package io.exitpool.operator.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What was found so far: every kind counted, the first offenders kept, and what is unknown. */
final class Findings {
    private final int keep;
    private final Consumer<Violation> listener;
    private final Map<ViolationKind, Long> counts = new EnumMap<>(ViolationKind.class);
    private final Map<ViolationKind, List<Violation>> first = new EnumMap<>(ViolationKind.class);
    private final Map<Unknown, Long> unknown = new EnumMap<>(Unknown.class);

    Findings(int keep, Consumer<Violation> listener) {
        this.keep = keep;
        this.listener = listener;
    }

    /** The same findings, to be added to without changing these. */
    Findings copy() {
        Findings copy = new Findings(keep, violation -> {});
        copy.counts.putAll(counts);
        first.forEach((kind, some) -> copy.first.put(kind, new ArrayList<>(some)));
        copy.unknown.putAll(unknown);
        return copy;
    }

    void violation(Violation violation) {
        counts.merge(violation.kind(), 1L, Long::sum);
        List<Violation> some = first.computeIfAbsent(violation.kind(), kind -> new ArrayList<>());
        int at = Collections.binarySearch(some, violation);
        some.add(at < 0 ? -at - 1 : at, violation);
        if (some.size() > keep) {
            some.remove(keep);
        }
        listener.accept(violation);
    }

    void unknown(Unknown what, long times) {
        if (times > 0) {
            unknown.merge(what, times, Long::sum);
        }
    }

    Map<Unknown, Long> unknown() {
        return unknown;
    }

    Map<ViolationKind, AuditReport.Found> violations() {
        Map<ViolationKind, AuditReport.Found> found = new EnumMap<>(ViolationKind.class);
        counts.forEach(
                (kind, count) ->
                        found.put(
                                kind, new AuditReport.Found(count, List.copyOf(first.get(kind)))));
        return found;
    }
}
