package io.exitpool.core.pool;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.SessionId;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Keeps a pool's books: the only place where a lease begins or ends. Each entry changes the image,
 * hands the sink its rows and tells the decision, all three or none.
 */
final class LeaseBook {
    private final String server;
    private final PoolImage image;
    private final PoolState state;
    private final Sink sink;
    private int leaseRows;

    LeaseBook(String server, PoolImage image, PoolState state, Sink sink) {
        this.server = server;
        this.image = image;
        this.state = state;
        this.sink = sink;
    }

    /** While a pool is put together from its rows: a lease, in any order. */
    void restore(SessionId session, LeaseRow row) {
        image.restoreLease(session, row);
        leaseRows++;
    }

    void grant(
            SessionId session, int slot, Choice choice, Rung rung, OptionalLong gap, int attempt) {
        int id = image.idAt(slot);
        image.slots().grant(slot);
        begin(session, slot, id);
        granted(session, slot, id, choice, rung, gap, attempt, false);
    }

    /** The session has this lease already; it is told so again. */
    void grantAgain(int lease, int attempt) {
        Leases leases = image.leases();
        int slot = leases.slotOf(lease);
        granted(
                leases.session(lease),
                slot,
                image.idAt(slot),
                Choice.PLACED,
                Rung.REGULAR,
                OptionalLong.empty(),
                attempt,
                true);
    }

    /** The lease goes on for another session on the same slot; the number of the new lease. */
    int passOn(int lease, SessionId session) {
        int slot = image.leases().slotOf(lease);
        int id = image.idAt(slot);
        SessionId before = image.leases().session(lease);
        end(lease, before, id, ReleaseCause.PASSED_ON, image.slots().load(slot) - 1);
        int passed = begin(session, slot, id);
        granted(session, slot, id, Choice.ADOPTED, Rung.REGULAR, OptionalLong.empty(), 0, false);
        return passed;
    }

    void reject(SessionId session, RejectCause cause, long retryAfterMillis, int attempt) {
        decide(session, new Rejected(cause, retryAfterMillis, attempt));
    }

    /** The lease is the session's. */
    void release(int lease, SessionId session, ReleaseCause cause) {
        int slot = image.leases().slotOf(lease);
        int id = image.idAt(slot);
        image.slots().release(slot, state.now, cause.reported());
        sink.slot(
                server,
                id,
                state.now,
                cause.reported(),
                state.epoch.orElse(0),
                state.seq,
                state.nextDecision());
        state.seqKept = true;
        end(lease, session, id, cause, image.slots().load(slot));
    }

    void releaseAllBut(BitSet spared, ReleaseCause cause) {
        Leases leases = image.leases();
        for (int lease = 0; lease < leases.capacity(); lease++) {
            if (leases.lives(lease) && !spared.get(lease)) {
                release(lease, leases.session(lease), cause);
            }
        }
    }

    void releaseSlot(int slot, ReleaseCause cause) {
        Leases leases = image.leases();
        for (int lease = 0; lease < leases.capacity(); lease++) {
            if (leases.lives(lease) && leases.slotOf(lease) == slot) {
                release(lease, leases.session(lease), cause);
            }
        }
    }

    /** Forgets every lease and every slot's past, the books being wrong or unwanted. */
    void tear() {
        Leases leases = image.leases();
        for (int lease = 0; lease < leases.capacity(); lease++) {
            if (leases.lives(lease)) {
                int slot = image.idAt(leases.slotOf(lease));
                long grantedAt = leases.grantedAt(lease);
                decide(leases.session(lease), new Released(slot, ReleaseCause.RESET, grantedAt, 0));
            }
        }
        sink.rowsGone(server);
        image.clear();
        leaseRows = 0;
    }

    /** That the books add up. */
    void check() {
        image.check();
        Invariant.check(
                leaseRows == image.leases().size(), "there are not as many lease rows as leases");
    }

    private int begin(SessionId session, int slot, int id) {
        long grantedAt = state.now / 1000;
        int lease = image.leases().add(session, slot, grantedAt);
        leaseRows++;
        sink.lease(
                server,
                session,
                id,
                state.epoch.orElse(0),
                state.seq,
                grantedAt,
                state.nextDecision());
        state.seqKept = true;
        return lease;
    }

    private void end(int lease, SessionId session, int id, ReleaseCause cause, int loadAfter) {
        Leases leases = image.leases();
        long grantedAt = leases.grantedAt(lease);
        leases.remove(lease);
        leaseRows--;
        sink.leaseGone(server, session);
        decide(session, new Released(id, cause, grantedAt, loadAfter));
    }

    private void granted(
            SessionId session,
            int slot,
            int id,
            Choice choice,
            Rung rung,
            OptionalLong gap,
            int attempt,
            boolean repeated) {
        Addresses addresses = image.addressesAt(slot);
        int load = image.slots().load(slot);
        decide(session, new Granted(id, addresses, choice, rung, gap, load, attempt, repeated));
    }

    private void decide(SessionId session, Outcome outcome) {
        state.stirred = true;
        state.decided = state.nextDecision();
        // The parts before the whole: a collector asks nothing of stores into what is brand-new.
        OptionalLong number = OptionalLong.of(state.decided);
        OptionalLong seq = state.answered();
        OptionalLong version = state.removed ? OptionalLong.empty() : image.version();
        sink.decision(server, new Decision(session, number, state.epoch, seq, version, outcome));
    }
}
