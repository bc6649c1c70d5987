package io.exitpool.core.statistics;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** The servers of one partition whose agents report starts and ends and nothing else. */
final class QuietServers {
    /** No snapshot ever comes, so nothing may expire for the lack of one. */
    static final long NEVER = 1L << 50;

    private static final long BEGIN = 1_790_000_000_000L;
    private static final AllocationSettings SETTINGS =
            new AllocationSettings(30_000, 10_000, 86_400_000, 300_000, 1_000, 60_000, true);

    private final LastDecision last = new LastDecision();
    private final PartitionPools pools;
    private final String[] names;
    private final long[] seq;

    QuietServers(RandomGenerator random, PoolConfig... configs) {
        pools = new PartitionPools(SETTINGS, random, last);
        names = new String[configs.length];
        seq = new long[configs.length];
        for (int server = 0; server < configs.length; server++) {
            names[server] = "server-" + server;
            pools.onConfig(names[server], Optional.of(configs[server]), BEGIN);
            say(server, 0, new ServerStarted());
            say(server, 0, new SnapshotPart(1, 0, 1, List.of()));
        }
    }

    /** What is decided about a start, so many milliseconds after the beginning. */
    Outcome start(int server, SessionId session, OptionalInt wanted, long at) {
        say(server, at, new SessionStarted(session, OptionalInt.empty(), wanted, 0));
        return last.outcome;
    }

    void end(int server, SessionId session, long at) {
        say(server, at, new SessionEnded(session));
    }

    private void say(int server, long at, EventBody body) {
        long now = BEGIN + at;
        pools.onEvent(names[server], new AgentEvent(1, ++seq[server], now / 1000, body), now);
    }

    private static final class LastDecision implements Sink {
        private Outcome outcome;

        @Override
        public void decision(String server, Decision decision) {
            outcome = decision.outcome();
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
        public void status(String server, PoolStatus status) {}

        @Override
        public void deadLetter(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void mark() {}

        @Override
        public void discard() {}
    }
}
