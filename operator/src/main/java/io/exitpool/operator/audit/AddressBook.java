package io.exitpool.operator.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Which server leases which address when, over all partitions. Two occupancies overlap when the one
 * that began first ended after the other began: both times are known in whatever order the
 * partitions are read, so every pair is judged once, and alike in every interleaving.
 */
final class AddressBook {
    private final long memory;
    private final Findings findings;
    private final Map<Address, List<Occupancy>> byAddress = new HashMap<>();

    AddressBook(long memory, Findings findings) {
        this.memory = memory;
        this.findings = findings;
    }

    void begin(Occupancy later) {
        for (Address address : later.addresses()) {
            List<Occupancy> all = byAddress.computeIfAbsent(address, a -> new ArrayList<>(2));
            prune(all, later);
            for (Occupancy first : all) {
                first.until().ifPresent(until -> judge(address, first, later, until, findings));
            }
            all.add(later);
        }
    }

    void end(Occupancy first, long at) {
        first.end(at);
        for (Address address : first.addresses()) {
            for (Occupancy later : byAddress.getOrDefault(address, List.of())) {
                judge(address, first, later, at, findings);
            }
        }
    }

    /**
     * Adds what lasts to this day: an occupancy without an end overlaps what began since, as far as
     * its own partition was read.
     *
     * @param readUntil time up to which a partition was read
     */
    void report(Findings into, IntToLongFunction readUntil) {
        byAddress.forEach(
                (address, all) -> {
                    for (Occupancy first : all) {
                        if (first.until().isEmpty()) {
                            long until = readUntil.applyAsLong(first.from().partition());
                            all.forEach(later -> judge(address, first, later, until, into));
                        }
                    }
                });
    }

    private static void judge(
            Address address, Occupancy first, Occupancy later, long until, Findings into) {
        boolean both =
                first != later
                        && !first.server().equals(later.server())
                        && first.beginsBefore(later)
                        && until > later.from().timestamp()
                        && first.sharesFirst(address, later);
        if (both) {
            into.violation(
                    new Violation(
                            ViolationKind.ADDRESS_ON_TWO_SERVERS,
                            later.from(),
                            later.server(),
                            "leased on " + first.server() + " too, since " + first.from().place()));
        }
    }

    /** Forgets what the server's own later lease shows to be long over. */
    private void prune(List<Occupancy> all, Occupancy later) {
        long oldest = later.from().timestamp() - memory;
        all.removeIf(
                one ->
                        one.server().equals(later.server())
                                && one.until().isPresent()
                                && one.until().getAsLong() < oldest);
    }
}
