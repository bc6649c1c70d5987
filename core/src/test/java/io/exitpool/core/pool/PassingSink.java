package io.exitpool.core.pool;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;

/** Hands everything on; those that do not are the defects that tests plant. */
public class PassingSink implements Sink {
    private final Sink next;

    protected PassingSink(Sink next) {
        this.next = next;
    }

    @Override
    public void decision(String server, Decision decision) {
        next.decision(server, decision);
    }

    @Override
    public void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided) {
        next.lease(server, session, slot, epoch, seq, grantedAt, decided);
    }

    @Override
    public void leaseGone(String server, SessionId session) {
        next.leaseGone(server, session);
    }

    @Override
    public void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided) {
        next.slot(server, slot, releasedAt, reported, epoch, seq, decided);
    }

    @Override
    public void slotGone(String server, int slot) {
        next.slotGone(server, slot);
    }

    @Override
    public void rowsGone(String server) {
        next.rowsGone(server);
    }

    @Override
    public void pool(String server, PoolRow row) {
        next.pool(server, row);
    }

    @Override
    public void config(String server, PoolConfig config) {
        next.config(server, config);
    }

    @Override
    public void poolGone(String server) {
        next.poolGone(server);
    }

    @Override
    public void status(String server, PoolStatus status) {
        next.status(server, status);
    }

    @Override
    public void deadLetter(String reason) {
        next.deadLetter(reason);
    }

    @Override
    public void mark() {
        next.mark();
    }

    @Override
    public void discard() {
        next.discard();
    }
}
