package io.exitpool.operator.audit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which duties were neglected, asked when the allocation is known to have gone past their events:
 * the books are then as they must be after the answers.
 */
final class DutyRules {
    private final LogStart events;
    private final LogStart decisions;
    private final long grace;

    DutyRules(LogStart events, LogStart decisions, long grace) {
        this.events = events;
        this.decisions = decisions;
        this.grace = grace;
    }

    void callIn(ServerAudit server, Duty duty, Docket docket) {
        duty.<Runnable>match(
                        start -> () -> start(server, start, docket),
                        end -> () -> end(server, end, docket),
                        snapshot -> () -> snapshot(server, snapshot, docket),
                        silence -> () -> silence(server, silence, docket))
                .run();
    }

    /** The server has been silent for so long that its leases must be gone. */
    void callInSilence(ServerAudit server, LogClock clock, Docket docket) {
        server.events()
                .renewalBefore(clock.now() + 1)
                .ifPresent(
                        last -> {
                            long millis = clock.ticked() - last.getValue().ticked();
                            if (isStanding(server, last.getValue().offset())
                                    && outlastsTtl(server, millis)) {
                                for (Lease lease : liveLeases(server, Long.MAX_VALUE)) {
                                    EventMark mark =
                                            new EventMark(
                                                    lease.grantedBy(),
                                                    clock.now(),
                                                    clock.ticked(),
                                                    0,
                                                    0,
                                                    Standing.EFFECTIVE);
                                    docket.outlived(
                                            server,
                                            new Duty.Silence(mark, millis),
                                            lease,
                                            "the server has been silent for " + seconds(millis));
                                }
                            }
                        });
    }

    private void start(ServerAudit server, Duty.Start start, Docket docket) {
        EventMark mark = start.mark();
        boolean binding =
                mark.standing() == Standing.EFFECTIVE || mark.standing() == Standing.STALE;
        if (start.isAnswered() || !binding) {
            return;
        }
        if (!isStanding(server, mark.at().offset()) || decisions.mayLack(mark.time())) {
            docket.unknown(Unknown.DECISION_BEFORE_LOG);
        } else {
            docket.undecided(
                    server, start, start.session(), "attempt " + start.attempt() + " of a start");
        }
    }

    private void end(ServerAudit server, Duty.End end, Docket docket) {
        if (isInForce(server, end.mark())) {
            server.books()
                    .live(end.session())
                    .filter(lease -> lease.eventOffset() < end.mark().at().offset())
                    .ifPresent(
                            lease ->
                                    docket.outlived(
                                            server,
                                            end,
                                            lease,
                                            "the session ended; granted by " + place(lease)));
        }
    }

    private void snapshot(ServerAudit server, Duty.Snapshot snapshot, Docket docket) {
        if (!isInForce(server, snapshot.mark()) || !snapshot.isApplied() || !snapshot.isWhole()) {
            return;
        }
        for (Lease lease : liveLeases(server, snapshot.firstOffset())) {
            if (!snapshot.named().containsKey(lease.session())) {
                docket.outlived(
                        server,
                        snapshot,
                        lease,
                        "the snapshot does not name the session; granted by " + place(lease));
            }
        }
        if (server.trail().version().isPresent()) {
            for (SessionKey session : snapshot.named().keySet()) {
                entry(server, snapshot, session, docket);
            }
        }
    }

    private void entry(
            ServerAudit server, Duty.Snapshot snapshot, SessionKey session, Docket docket) {
        if (snapshot.isAnswered(session)
                || server.books().knows(session)
                || server.trail().isOrderedOut(session)) {
            return;
        }
        if (server.books().isComplete()) {
            docket.undecided(server, snapshot, session, "a session in a snapshot, without a lease");
        } else {
            docket.unseen(server, session);
        }
    }

    private void silence(ServerAudit server, Duty.Silence silence, Docket docket) {
        EventMark mark = silence.mark();
        if (isInForce(server, mark) && outlastsTtl(server, silence.millis())) {
            for (Lease lease : liveLeases(server, mark.at().offset())) {
                docket.outlived(
                        server,
                        silence,
                        lease,
                        "the server was silent for "
                                + seconds(silence.millis())
                                + "; granted by "
                                + place(lease));
            }
        }
    }

    /** Whether the event took effect for certain. */
    private boolean isInForce(ServerAudit server, EventMark mark) {
        return switch (mark.standing()) {
            case EFFECTIVE -> isStanding(server, mark.at().offset());
            case STALE -> server.trail().tookBackTo(mark.epoch());
            case DUPLICATE, MALFORMED -> false;
        };
    }

    /** Whether what came before the event is known well enough to say what it was. */
    private boolean isStanding(ServerAudit server, long offset) {
        return !events.late() || server.trail().isAnchoredAt(offset);
    }

    private boolean outlastsTtl(ServerAudit server, long millis) {
        OptionalLong version = server.trail().lastVersion();
        Optional<Long> ttl =
                version.isEmpty()
                        ? Optional.empty()
                        : server.configs().longestTtlUntil(version.getAsLong());
        return ttl.map(most -> millis > most + grace).orElse(false);
    }

    private static List<Lease> liveLeases(ServerAudit server, long beforeOffset) {
        return server.books().all().stream()
                .filter(lease -> !lease.isDoubtful() && lease.eventOffset() < beforeOffset)
                .toList();
    }

    private static String place(Lease lease) {
        return lease.grantedBy().place();
    }

    private static String seconds(long millis) {
        return millis / 1_000 + " s";
    }
}
