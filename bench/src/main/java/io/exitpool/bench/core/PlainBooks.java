package io.exitpool.bench.core;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.pool.Sink;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A pool as the first lines of anybody's would be: a hash map of the sessions, a queue of the free
 * slots, and the same rows and decisions told. No rest, no draw, no cap, no ladder, no copy of an
 * event noticed, nothing counted or checked.
 */
final class PlainBooks {
    private final String server;
    private final Sink sink;
    private final Map<SessionId, Lease> leases = new HashMap<>();
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final long[] releasedAt;
    private final OptionalLong version = OptionalLong.of(1);
    private long decided;

    PlainBooks(String server, int slots, Sink sink) {
        this.server = server;
        this.sink = sink;
        releasedAt = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
    }

    private record Lease(int slot, long grantedAt) {}

    void onEvent(AgentEvent event, long now) {
        if (event.body() instanceof SessionStarted start) {
            start(event, start.session(), now);
        } else if (event.body() instanceof SessionEnded end) {
            end(event, end.session(), now);
        }
    }

    private void start(AgentEvent event, SessionId session, long now) {
        int slot = free.remove();
        long grantedAt = now / 1000;
        leases.put(session, new Lease(slot, grantedAt));
        decided++;
        sink.lease(server, session, slot, event.epoch(), event.seq(), grantedAt, decided);
        Addresses addresses = PoolServer.FIRST_ADDRESSES.plus(slot);
        OptionalLong gap = OptionalLong.of(now - releasedAt[slot]);
        decide(
                event,
                session,
                new Granted(slot, addresses, Choice.PLACED, Rung.REGULAR, gap, 1, 0, false));
    }

    private void end(AgentEvent event, SessionId session, long now) {
        Lease lease = leases.remove(session);
        free.add(lease.slot());
        releasedAt[lease.slot()] = now;
        decided++;
        sink.slot(server, lease.slot(), now, true, event.epoch(), event.seq(), decided);
        sink.leaseGone(server, session);
        decide(
                event,
                session,
                new Released(lease.slot(), ReleaseCause.ENDED, lease.grantedAt(), 0));
    }

    private void decide(AgentEvent event, SessionId session, Outcome outcome) {
        sink.decision(
                server,
                new Decision(
                        session,
                        OptionalLong.of(decided),
                        OptionalLong.of(event.epoch()),
                        OptionalLong.of(event.seq()),
                        version,
                        outcome));
    }
}
