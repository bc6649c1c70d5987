package io.exitpool.streams.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import io.exitpool.streams.Seed;
import io.exitpool.streams.codec.DecisionCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka only carries the pools: the same events and the same randomness give the same answers. */
class SameAsCoreTest {
    private static final List<String> SERVERS = List.of("se-sto-wg-208", "de-fra-wg-103", "x");
    private static final long EPOCH = 1_767_225_600_000_000L;
    private static final int STEPS = 1_500;

    @TempDir Path stateDir;

    @Test
    void shouldDecideAsTheCoreDoesAlone() {
        Random draw = new Random(Seed.of(SameAsCoreTest.class));
        Decisions expected = new Decisions();
        PartitionPools core =
                new PartitionPools(
                        AllocationSettings.DEFAULT,
                        new Random(AllocationDriver.RANDOM_SEED),
                        expected);
        List<TestRecord<String, io.exitpool.schemas.Decision>> decided;
        try (AllocationDriver driver = new AllocationDriver(stateDir)) {
            long[] seqs = new long[SERVERS.size()];
            for (int server = 0; server < SERVERS.size() - 1; server++) {
                PoolConfig config = Pools.of(1, 12);
                driver.config(SERVERS.get(server), config);
                core.onConfig(SERVERS.get(server), Optional.of(config), millis(driver));
            }
            for (int step = 0; step < STEPS; step++) {
                if (draw.nextInt(10) == 0) {
                    driver.pass(Duration.ofSeconds(1));
                    core.onTick(millis(driver));
                }
                int server = draw.nextInt(SERVERS.size());
                AgentEvent event =
                        new AgentEvent(
                                EPOCH + step / 500,
                                ++seqs[server],
                                driver.now().getEpochSecond(),
                                body(draw));
                driver.event(SERVERS.get(server), event);
                core.onEvent(SERVERS.get(server), event, millis(driver));
            }
            decided = driver.decisions();
        }

        assertThat(decided).hasSizeGreaterThan(STEPS / 4);
        assertThat(decided)
                .extracting(TestRecord::value)
                .isEqualTo(expected.all.stream().map(SameAsCoreTest::atOnce).toList());
    }

    /** Nothing waits where records are read as they are appended. */
    private static io.exitpool.schemas.Decision atOnce(Decision decision) {
        OptionalLong lag = decision.seq().isPresent() ? OptionalLong.of(0) : OptionalLong.empty();
        return DecisionCodec.encode(decision, lag);
    }

    private static EventBody body(Random draw) {
        SessionId session = Pools.id(draw.nextInt(40));
        return switch (draw.nextInt(10)) {
            case 0 -> new ServerStarted();
            case 1, 2 -> new SnapshotPart(1, 0, 1, List.of());
            case 3, 4, 5 -> new io.exitpool.core.event.SessionEnded(session);
            default ->
                    new SessionStarted(
                            session,
                            draw.nextInt(4) == 0
                                    ? OptionalInt.of(draw.nextInt(14))
                                    : OptionalInt.empty(),
                            draw.nextInt(4) == 0
                                    ? OptionalInt.of(draw.nextInt(14))
                                    : OptionalInt.empty(),
                            draw.nextInt(2));
        };
    }

    private static long millis(AllocationDriver driver) {
        return driver.now().toEpochMilli();
    }

    /** Keeps the decisions and nothing else. */
    private static final class Decisions implements Sink {
        private final List<Decision> all = new ArrayList<>();

        @Override
        public void decision(String server, Decision decision) {
            all.add(decision);
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
        public void deadLetter(String reason) {}

        @Override
        public void mark() {}

        @Override
        public void discard() {
            throw new AssertionError("a pool failed");
        }
    }
}
