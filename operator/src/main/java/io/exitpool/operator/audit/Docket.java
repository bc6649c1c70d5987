package io.exitpool.operator.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is found when duties are called in: each lease and each session once. */
final class Docket {
    private final List<Suspicion> suspicions = new ArrayList<>();
    private final Map<Unknown, Long> unknown = new HashMap<>();
    private final Set<Lease> leases = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<ServerAudit, Set<SessionKey>> sessions = new IdentityHashMap<>();
    private final Map<ServerAudit, Set<SessionKey>> unseen = new IdentityHashMap<>();

    void outlived(ServerAudit server, Duty duty, Lease lease, String what) {
        if (leases.add(lease)) {
            suspicions.add(
                    new Suspicion(
                            server,
                            duty,
                            violation(server, duty, ViolationKind.OUTLIVED_LEASE, what),
                            lease.session(),
                            Optional.of(lease)));
        }
    }

    void undecided(ServerAudit server, Duty duty, SessionKey session, String what) {
        boolean news = sessions.computeIfAbsent(server, s -> new HashSet<>()).add(session);
        if (news && !server.trail().undecided().contains(session)) {
            suspicions.add(
                    new Suspicion(
                            server,
                            duty,
                            violation(server, duty, ViolationKind.START_WITHOUT_DECISION, what),
                            session,
                            Optional.empty()));
        }
    }

    void unknown(Unknown what) {
        unknown.merge(what, 1L, Long::sum);
    }

    /** A session of a snapshot whose grant was not read; counted once while it lives. */
    void unseen(ServerAudit server, SessionKey session) {
        boolean news = unseen.computeIfAbsent(server, s -> new HashSet<>()).add(session);
        if (news && !server.trail().unseen().contains(session)) {
            unknown(Unknown.SESSION_BEFORE_LOG);
        }
    }

    List<Suspicion> suspicions() {
        return suspicions;
    }

    Map<Unknown, Long> unknown() {
        return unknown;
    }

    Set<SessionKey> unseenOf(ServerAudit server) {
        return unseen.getOrDefault(server, Set.of());
    }

    private static Violation violation(
            ServerAudit server, Duty duty, ViolationKind kind, String what) {
        return new Violation(kind, duty.mark().at(), server.name(), what);
    }
}
