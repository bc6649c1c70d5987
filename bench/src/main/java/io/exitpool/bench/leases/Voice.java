package io.exitpool.bench.leases;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.exitpool.bench.leases.LeasePlan.ServerPlan;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.ServerPartition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One server's agent, as far as others hear of it: its epoch, and the number of its last event. */
public final class Voice {
    private final int leases;
    private final byte[] key;
    private final int partition;
    private final long epoch;
    private long seq;

    Voice(ServerPlan plan, int partitions, Instant born) {
        this.leases = plan.leases();
        this.key = plan.pool().server().getBytes(US_ASCII);
        this.partition = ServerPartition.of(key, partitions);
        this.epoch = ChronoUnit.MICROS.between(Instant.EPOCH, born);
    }

    int leases() {
        return leases;
    }

    /** Where its events and their answers go. */
    public int partition() {
        return partition;
    }

    byte[] key() {
        return key;
    }

    /** The next event. The caller holds this voice's lock until the event is on its way. */
    SessionEvent say(Object body, Instant now) {
        seq++;
        return new SessionEvent(new AgentEvent(epoch, seq, now.getEpochSecond(), body));
    }
}
