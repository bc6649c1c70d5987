package io.exitpool.core.pool;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;

/**
 * Takes what one record changed, in the order it happened. Nothing of it may take effect before the
 * call that handed it in has returned: a pool whose books do not add up takes it all back with
 * {@link #discard()}. The two rows that events write come in parts: as objects they would be all
 * the garbage of an event ({@code bench core --what pairs}: 96 bytes of a start and its end).
 */
public interface Sink {
    void decision(String server, Decision decision);

    /** A lease's row, as {@link LeaseRow} names its parts. */
    void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided);

    void leaseGone(String server, SessionId session);

    /** A slot's row, as {@link SlotRow} names its parts. */
    void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided);

    void slotGone(String server, int slot);

    /** Every lease and slot row of the server goes, those that no image knows of included. */
    void rowsGone(String server);

    void pool(String server, PoolRow row);

    void config(String server, PoolConfig config);

    /** The server is unknown from now on: its configuration, its pool row and its status go. */
    void poolGone(String server);

    void status(String server, PoolStatus status);

    /** The record at hand is not to be believed; what is said here is why. */
    void deadLetter(String reason);

    /** What follows is one pool's, and stands or falls together. */
    void mark();

    /** Forget everything handed in since the last {@link #mark()}. */
    void discard();
}
