package io.exitpool.operator.audit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The duties of one partition in the order of its events. One whose event was passed over by a
 * later decision is called in; what it was found to lack is held for a while, because a decision
 * that comes out of order is one mistake and not two.
 */
final class Duties {
    private final DutyRules rules;
    private final long grace;
    private final Findings findings;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<Passed> passed = new ArrayDeque<>();

    private record Open(ServerAudit server, Duty duty) {}

    private record Passed(Open open, List<Suspicion> suspicions) {}

    Duties(DutyRules rules, long grace, Findings findings) {
        this.rules = rules;
        this.grace = grace;
        this.findings = findings;
    }

    void add(ServerAudit server, Duty duty) {
        open.add(new Open(server, duty));
    }

    /** The event at the offset was reached: what came before it is decided. */
    void passBefore(long offset) {
        while (!open.isEmpty() && isBefore(open.peek().duty(), offset)) {
            pass(open.remove());
        }
    }

    /** A Tick of this time was reached. */
    void passUntil(long time) {
        while (!open.isEmpty() && open.peek().duty().mark().time() < time) {
            pass(open.remove());
        }
    }

    /** Decisions have come to this time: what was passed over long before stays so. */
    void settle(long time) {
        while (!passed.isEmpty() && passed.peek().open().duty().mark().time() + grace < time) {
            Passed over = passed.remove();
            for (Suspicion suspicion : over.suspicions()) {
                suspicion.server().trail().undecided().remove(suspicion.session());
                if (!suspicion.isCleared()) {
                    findings.violation(suspicion.violation());
                }
            }
            over.open().server().events().forget(over.open().duty());
        }
    }

    /**
     * Adds what the records' end leaves open: neglected for certain or for too long, or pending.
     *
     * @param heldBack decisions wait to be judged, which may answer what is open
     */
    void report(
            Findings into,
            Map<Pending, Long> pending,
            LogClock clock,
            boolean heldBack,
            Collection<ServerAudit> servers) {
        passed.stream()
                .flatMap(over -> over.suspicions().stream())
                .filter(suspicion -> !suspicion.isCleared())
                .forEach(suspicion -> into.violation(suspicion.violation()));
        Docket overdue = new Docket();
        for (Open one : open) {
            if (!heldBack && clock.ticked() - one.duty().mark().ticked() >= grace) {
                rules.callIn(one.server(), one.duty(), overdue);
            }
        }
        long lateLeases = leases(overdue);
        long lateStarts = starts(overdue);
        if (!heldBack) {
            servers.forEach(server -> rules.callInSilence(server, clock, overdue));
        }
        overdue.suspicions().forEach(suspicion -> into.violation(suspicion.violation()));
        overdue.unknown().forEach(into::unknown);
        Docket all = new Docket();
        open.forEach(one -> rules.callIn(one.server(), one.duty(), all));
        add(pending, Pending.RELEASES, leases(all) - lateLeases);
        add(pending, Pending.STARTS, starts(all) - lateStarts);
    }

    private void pass(Open one) {
        Docket docket = new Docket();
        rules.callIn(one.server(), one.duty(), docket);
        for (Suspicion suspicion : docket.suspicions()) {
            suspicion
                    .lease()
                    .ifPresentOrElse(
                            lease -> one.server().books().doubt(lease, one.duty().mark().time()),
                            () -> one.server().trail().undecided().add(suspicion.session()));
        }
        docket.unknown().forEach(findings::unknown);
        if (one.duty() instanceof Duty.Snapshot snapshot && snapshot.isWhole()) {
            one.server().trail().unseen(docket.unseenOf(one.server()));
            one.server().trail().forgetOrders(one.duty().mark().time());
        }
        passed.add(new Passed(one, List.copyOf(docket.suspicions())));
    }

    /** A silence is over with its snapshot, so it is called in before that is answered. */
    private static boolean isBefore(Duty duty, long offset) {
        long at = duty.mark().at().offset();
        return duty instanceof Duty.Silence ? at <= offset : at < offset;
    }

    private static long leases(Docket docket) {
        return docket.suspicions().stream().filter(one -> one.lease().isPresent()).count();
    }

    private static long starts(Docket docket) {
        return docket.suspicions().size() - leases(docket);
    }

    private static void add(Map<Pending, Long> pending, Pending what, long times) {
        if (times > 0) {
            pending.merge(what, times, Long::sum);
        }
    }
}
