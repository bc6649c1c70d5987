package io.exitpool.streams.insight;

import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.streams.codec.Agent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What no allocation of ours does: the slot that emptied last is granted next. A few lines that
 * share nothing with the real one, and tell the insight what they did.
 */
final class LifoAllocation implements LossSystem.Allocation {
    private final InsightDriver insight;
    private final int slots;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Map<Integer, Instant> emptiedAt = new HashMap<>();
    private final Map<SessionId, Integer> slotOf = new HashMap<>();
    private final Map<SessionId, Instant> grantedAt = new HashMap<>();
    private long number;

    LifoAllocation(InsightDriver insight, int slots, Instant begin) {
        this.insight = insight;
        this.slots = slots;
        for (int slot = slots - 1; slot >= 0; slot--) {
            free.push(slot);
        }
        number = begin.toEpochMilli() * 1_000;
        tick(begin);
    }

    @Override
    public boolean start(SessionId session, Instant at) {
        if (free.isEmpty()) {
            decide(session, new Rejected(RejectCause.EXHAUSTED, 1_000L, 0), at);
            return false;
        }
        int slot = free.pop();
        Instant emptied = emptiedAt.get(slot);
        Long gap = emptied == null ? null : at.toEpochMilli() - emptied.toEpochMilli();
        slotOf.put(session, slot);
        grantedAt.put(session, at);
        decide(
                session,
                new Granted(
                        slot,
                        new Ipv4(new byte[] {(byte) 192, 0, 2, (byte) slot}),
                        null,
                        Choice.PLACED,
                        Rung.REGULAR,
                        gap,
                        1,
                        0,
                        false),
                at);
        return true;
    }

    @Override
    public void end(SessionId session, Instant at) {
        int slot = slotOf.remove(session);
        free.push(slot);
        emptiedAt.put(slot, at);
        long granted = grantedAt.remove(session).getEpochSecond();
        decide(session, new Released(slot, ReleaseCause.ENDED, granted, 0), at);
    }

    @Override
    public void tick(Instant at) {
        int inUse = slotOf.size();
        insight.status(
                LossSystem.SERVER,
                PoolStatus.newBuilder()
                        .setWatermark(at.toEpochMilli())
                        .setDecisions(number)
                        .setEpoch(1L)
                        .setConfigVersion(1L)
                        .setSynced(true)
                        .setLastSnapshotAt(at.toEpochMilli())
                        .setSilentMillis(0)
                        .setFailed(null)
                        .setSlots(slots)
                        .setFree(slots - inUse)
                        .setResting(0)
                        .setInUse(inUse)
                        .setSetAside(0)
                        .setSessions(inUse)
                        .setLoads(inUse == 0 ? List.of() : List.of(inUse))
                        .setCap(1)
                        .setMinRestMillis(0)
                        .setTargetBlocking(0.001)
                        .setDraining(false)
                        .setRetiring(List.of())
                        .setSlotMap(null)
                        .setCounters(new PoolCounters(0L, 0L, 0L, 0L, 0L, 0L, 0L))
                        .build(),
                at);
    }

    private void decide(SessionId session, Object outcome, Instant at) {
        number++;
        insight.decision(
                LossSystem.SERVER,
                Decision.newBuilder()
                        .setSession(Agent.session(session))
                        .setNumber(number)
                        .setEpoch(1L)
                        .setSeq(number)
                        .setConfigVersion(1L)
                        .setLagMillis(null)
                        .setOutcome(outcome)
                        .build(),
                at);
    }
}
