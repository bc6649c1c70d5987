package io.exitpool.streams.insight;

import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.allocation.AllocationDriver;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.test.TestRecord;

/** The loss system's server under the real allocation, of which the insight hears. */
final class RealAllocation implements LossSystem.Allocation {
    private static final long EPOCH = 1_767_225_600_000_000L;

    private final AllocationDriver allocation;
    private final InsightDriver insight;
    private final Deserializer<Decision> decisions;

    RealAllocation(
            AllocationDriver allocation, InsightDriver insight, Wire wire, PoolConfig config) {
        this.allocation = allocation;
        this.insight = insight;
        decisions = wire.serde(Topics.DECISIONS).deserializer();
        allocation.config(LossSystem.SERVER, config);
        allocation.event(LossSystem.SERVER, EPOCH, new ServerStarted());
        allocation.event(LossSystem.SERVER, EPOCH, new SnapshotPart(1, 0, 1, List.of()));
    }

    @Override
    public boolean start(SessionId session, Instant at) {
        allocation.at(at);
        allocation.event(
                LossSystem.SERVER,
                EPOCH,
                new SessionStarted(session, OptionalInt.empty(), OptionalInt.empty(), 0));
        TestRecord<byte[], byte[]> answer = allocation.written(Topics.DECISIONS.name()).get(0);
        insight.decision(answer);
        return decisions.deserialize(Topics.DECISIONS.name(), answer.value()).getOutcome()
                instanceof Granted;
    }

    @Override
    public void end(SessionId session, Instant at) {
        allocation.at(at);
        allocation.event(LossSystem.SERVER, EPOCH, new SessionEnded(session));
        allocation.written(Topics.DECISIONS.name()).forEach(insight::decision);
    }

    @Override
    public void tick(Instant at) {
        allocation.tickAt(at);
        insight.hear(allocation);
    }
}
