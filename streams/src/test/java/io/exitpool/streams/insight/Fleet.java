package io.exitpool.streams.insight;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.Targets;
import io.exitpool.streams.allocation.AllocationDriver;
import io.exitpool.streams.config.AppConfig.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Exit servers under the real allocation, and what they do in a second: whoever is alive sends its
 * snapshot every half minute, as agents do. What is decided and reported goes to who listens.
 */
final class Fleet implements AutoCloseable {
    static final long NEVER = Duration.ofDays(10_000).toMillis();

    /** 192.0.2.0, for documentation. */
    static final int FIRST_V4 = 192 << 24 | 2 << 8;

    private static final long EPOCH = 1_767_225_600_000_000L;
    private static final int SNAPSHOT_SECONDS = 30;

    final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    final AllocationDriver allocation;
    private final Map<String, List<SessionId>> alive = new LinkedHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private int seconds;

    Fleet(Path stateDir) {
        allocation = new AllocationDriver(stateDir, 1, Guarantee.EXACTLY_ONCE_V2, registry);
    }

    /** So many exclusive slots from 192.0.2.0 on. */
    static PoolConfig pool(long version, int slots, Duration rest) {
        return pool(version, slots, rest, PlacementPolicy.UNIFORM_RANDOM, 300_000);
    }

    static PoolConfig pool(
            long version,
            int slots,
            Duration rest,
            PlacementPolicy placement,
            long leaseTtlMillis) {
        return new PoolConfig(
                version,
                List.of(new SlotRange(0, slots, Addresses.ofV4(FIRST_V4))),
                1,
                rest.toMillis(),
                placement,
                Ladder.NONE,
                1.0,
                leaseTtlMillis,
                false,
                List.of(),
                Optional.empty(),
                Targets.DEFAULT);
    }

    /** A server that begins. */
    void add(String server, PoolConfig config) {
        allocation.config(server, config);
        begin(server);
    }

    /** Its agent begins, or comes back after a crash, with nothing on the server. */
    void begin(String server) {
        epochs.merge(server, EPOCH, (before, first) -> before + 1);
        alive.put(server, new ArrayList<>());
        allocation.event(server, epochs.get(server), new ServerStarted());
        snapshot(server);
    }

    void start(String server, SessionId session) {
        alive.get(server).add(session);
        tryOnce(server, session, 0);
    }

    /** It asks, and its agent's snapshots will not name it. */
    void tryOnce(String server, SessionId session, int attempt) {
        allocation.event(
                server,
                epochs.get(server),
                new SessionStarted(session, OptionalInt.empty(), OptionalInt.empty(), attempt));
    }

    void end(String server, SessionId session) {
        alive.get(server).remove(session);
        allocation.event(server, epochs.get(server), new SessionEnded(session));
    }

    List<SessionId> sessions(String server) {
        return List.copyOf(alive.get(server));
    }

    /** It says nothing any more. */
    List<SessionId> crash(String server) {
        return alive.remove(server);
    }

    void second() {
        allocation.pass(Duration.ofSeconds(1));
        seconds++;
        if (seconds % SNAPSHOT_SECONDS == 0) {
            alive.keySet().forEach(this::snapshot);
        }
    }

    void pass(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            second();
        }
    }

    Instant now() {
        return allocation.now();
    }

    static SessionId id(int session) {
        return new SessionId(0x5e55_10f0_0000_0000L + session, ~(long) session);
    }

    private void snapshot(String server) {
        List<SnapshotEntry> entries =
                alive.get(server).stream()
                        .map(
                                session ->
                                        new SnapshotEntry(
                                                session, OptionalInt.empty(), OptionalInt.empty()))
                        .toList();
        allocation.event(server, epochs.get(server), new SnapshotPart(1 + seconds, 0, 1, entries));
    }

    @Override
    public void close() {
        allocation.close();
    }
}
