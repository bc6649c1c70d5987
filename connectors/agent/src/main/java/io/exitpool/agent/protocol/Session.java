package io.exitpool.agent.protocol;

import io.exitpool.schemas.SessionId;
import java.util.OptionalInt;

/**
 * One tunnel's session as its agent sees it. Two things are kept apart: what the allocator said
 * last ({@link State}) and whether the exit server's map has an entry ({@link #mapped}), because
 * the map outlives agents, pools and clusters.
 */
final class Session {
    enum State {
        /** A start or a snapshot named it, and no answer to that was read. */
        UNANSWERED,
        /** Granted. */
        ADMITTED,
        /** Rejected; a retry is due. */
        REJECTED
    }

    final Peer tunnel;
    final SessionId id;
    State state = State.UNANSWERED;

    /** The slot in the exit server's map. */
    OptionalInt mapped;

    /** The slot that starts ask for. */
    final OptionalInt wanted;

    int attempt;

    /** Seq of the last event that named it; an answer to an earlier one is overtaken. */
    long namedBy;

    /** How often its start was sent without an answer, for the growing pause. */
    int unansweredStarts;

    /** Which of its deadlines counts; earlier ones are void. */
    int deadline;

    Session(Peer tunnel, SessionId id, OptionalInt mapped, OptionalInt wanted) {
        this.tunnel = tunnel;
        this.id = id;
        this.mapped = mapped;
        this.wanted = wanted;
    }

    /**
     * Whether a snapshot lists it. Every start without an answer is listed, however young: its
     * lease may have been granted already, and a snapshot that does not name a lease releases it.
     */
    boolean listed() {
        return state != State.REJECTED || mapped.isPresent();
    }
}
