package io.exitpool.core.insight;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import io.exitpool.core.stats.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Writes down what the pools of a partition decide and report, server by server, in the order in
 * which it happens; as the two topics have it.
 */
final class Tape implements Sink {
    final Map<String, List<Fact>> facts = new HashMap<>();
    final Map<String, List<PoolStatus>> statuses = new HashMap<>();
    private final BiConsumer<String, Decision> agent;

    /** Append time of the record at hand, and how long it waited. */
    long now;

    OptionalLong lag = OptionalLong.empty();

    /** Who hears decisions, too. */
    Tape(BiConsumer<String, Decision> agent) {
        this.agent = agent;
    }

    List<Fact> factsOf(String server) {
        return facts.computeIfAbsent(server, its -> new ArrayList<>());
    }

    List<PoolStatus> statusesOf(String server) {
        return statuses.computeIfAbsent(server, its -> new ArrayList<>());
    }

    @Override
    public void decision(String server, Decision decision) {
        if (decision.number().isPresent()) {
            factsOf(server)
                    .add(new Fact(decision.number().getAsLong(), now, lag, decision.outcome()));
        }
        agent.accept(server, decision);
    }

    @Override
    public void status(String server, PoolStatus status) {
        statusesOf(server).add(status);
    }

    @Override
    public void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided) {}

    @Override
    public void leaseGone(String server, SessionId session) {}

    @Override
    public void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided) {}

    @Override
    public void slotGone(String server, int slot) {}

    @Override
    public void rowsGone(String server) {}

    @Override
    public void pool(String server, PoolRow row) {}

    @Override
    public void config(String server, PoolConfig config) {}

    @Override
    public void poolGone(String server) {}

    @Override
    public void deadLetter(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void mark() {}

    @Override
    public void discard() {}
}
