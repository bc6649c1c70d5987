package io.exitpool.operator.audit;

import java.util.Optional;

/**
 * A duty that was passed over: a violation, unless a decision that came out of order answers it
 * after all.
 */
record Suspicion(
        ServerAudit server,
        Duty duty,
        Violation violation,
        SessionKey session,
        Optional<Lease> lease) {

    boolean isCleared() {
        return lease.map(one -> one.isForgotten() || one.wasEndedBy(duty))
                .orElseGet(() -> duty.isAnswered(session));
    }
}
