package io.exitpool.streams.allocation;

import static io.exitpool.streams.allocation.Pools.end;
import static io.exitpool.streams.allocation.Pools.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.Released;
import io.exitpool.streams.codec.Agent;
import io.exitpool.streams.codec.KeptSchemas;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.codec.RowKey.Kind;
import io.exitpool.streams.commit.Between;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolLoadingTest {
    private static final String SERVER = "se-sto-wg-208";

    /** Its name begins as the other's: their rows must not mix. */
    private static final String OTHER = "se-sto-wg-208-b";

    private static final byte[] UNREADABLE = {1, 2, 3};

    @TempDir Path stateDir;
    private Task task;

    @BeforeEach
    void open() {
        task = new Task(stateDir);
    }

    @AfterEach
    void close() {
        task.close();
    }

    @Test
    void shouldGoOnFromItsRowsAfterARestart() {
        configure(SERVER, Pools.of(1, 30));
        configure(OTHER, Pools.of(1, 4));
        for (int session = 1; session <= 20; session++) {
            task.event(SERVER, start(session));
        }
        task.event(SERVER, end(3));
        int slot = slotOf(task.decisions(), 5);
        task.tick();
        Map<String, PoolStatus> before = task.statuses();

        task.reopen();
        task.tick();
        Map<String, PoolStatus> after = task.statuses();
        task.event(SERVER, start(5));

        Granted again = (Granted) task.decisions().get(0).getOutcome();
        assertThat(again.getRepeated()).isTrue();
        assertThat(again.getSlot()).isEqualTo(slot);
        assertThat(before.get(SERVER).getInUse()).isEqualTo(19);
        assertThat(before.get(SERVER).getResting()).isEqualTo(1);
        for (String server : List.of(SERVER, OTHER)) {
            after.get(server).setWatermark(before.get(server).getWatermark());
            assertThat(after.get(server)).isEqualTo(before.get(server));
        }
    }

    @Test
    void shouldRememberWhatRetires() {
        configure(SERVER, Pools.of(1, 8));
        for (int session = 1; session <= 8; session++) {
            task.event(SERVER, start(session));
        }
        PoolConfig without =
                Pools.of(2, List.of(new SlotRange(0, 4, Pools.of(1, 8).slots().get(0).first())));
        task.config(SERVER, without);
        task.tick();
        PoolStatus before = task.statuses().get(SERVER);

        task.reopen();
        task.tick();

        PoolStatus after = task.statuses().get(SERVER);
        assertThat(before.getRetiring()).containsExactly(4, 5, 6, 7);
        after.setWatermark(before.getWatermark());
        assertThat(after).isEqualTo(before);
    }

    @Test
    void shouldNotRepeatAnEventThatItHadReadBefore() {
        configure(SERVER, Pools.of(1, 30));
        AgentEvent event = new AgentEvent(Task.EPOCH, 10, 0, start(1));
        task.event(SERVER, event);
        task.event(SERVER, new AgentEvent(Task.EPOCH, 11, 0, end(1)));

        task.reopen();
        task.event(SERVER, event);

        assertThat(task.decisions()).isEmpty();
    }

    @Test
    void shouldFailOnlyThePoolWhoseRowsDoNotFit() {
        configure(SERVER, Pools.of(1, 4));
        configure(OTHER, Pools.of(1, 4));
        task.store()
                .put(
                        RowKey.lease(SERVER, Pools.id(9)).encode(),
                        new RowCodec(new KeptSchemas())
                                .encode(new LeaseRow(77, Task.EPOCH, 1, 0, 1)));

        task.reopen();
        task.event(SERVER, start(1));
        task.event(OTHER, start(2));
        List<Decision> decisions = task.decisions();
        task.tick();
        Map<String, PoolStatus> statuses = task.statuses();

        assertThat(((Rejected) decisions.get(0).getOutcome()).getCause())
                .isEqualTo(RejectCause.POOL_FAILED);
        assertThat(decisions.get(1).getOutcome()).isInstanceOf(Granted.class);
        assertThat(statuses.get(SERVER).getFailed()).isNotNull();
        assertThat(statuses.get(OTHER).getFailed()).isNull();
    }

    @Test
    void shouldDropEveryRowWhenAPoolIsRebuilt() {
        configure(SERVER, Pools.of(1, 4));
        configure(OTHER, Pools.of(1, 4));
        task.event(SERVER, start(1));
        task.event(SERVER, start(2));
        task.event(SERVER, end(2));
        task.event(OTHER, start(3));
        task.decisions();

        task.config(SERVER, Pools.rebuild(2, 4));

        assertThat(task.decisions())
                .singleElement()
                .satisfies(
                        decision -> assertThat(decision.getOutcome()).isInstanceOf(Released.class));
        assertThat(task.rows(SERVER)).containsExactlyInAnyOrder(Kind.CONFIG, Kind.POOL);
        assertThat(task.rows(OTHER)).containsExactlyInAnyOrder(Kind.CONFIG, Kind.LEASE, Kind.POOL);
    }

    @Test
    void shouldReadOnBetweenRecords() {
        configure(SERVER, Pools.of(1, 4));
        configure(OTHER, Pools.of(1, 4));
        task.event(SERVER, start(1));
        task.event(OTHER, start(2));
        task.decisions();
        task.store().put(RowKey.pool(SERVER).encode(), UNREADABLE);

        // when it begins again, then the one pool that is asked for is read
        Between between = task.reopenInHaste();
        task.event(OTHER, start(2));
        assertThat(((Granted) task.decisions().get(0).getOutcome()).getRepeated()).isTrue();

        // and the other one between records
        assertThat(between.isReading(Task.PARTITION)).isTrue();
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(between::readOn);
    }

    @Test
    void shouldLetTimePassWhenAllIsRead() {
        configure(SERVER, Pools.of(1, 4));
        configure(OTHER, Pools.of(1, 4));
        task.event(OTHER, start(1));

        Between between = task.reopenInHaste();
        CapturedPunctuator ticking = task.context().scheduledPunctuators().get(0);
        ticking.getPunctuator().punctuate(1);
        assertThat(task.context().forwarded()).isEmpty();
        while (between.isReading(Task.PARTITION)) {
            between.readOn();
        }
        ticking.getPunctuator().punctuate(2);
        assertThat(task.forwarded(AllocationTopology.WRITE_TICKS)).hasSize(1);
        task.tick();

        Map<String, PoolStatus> statuses = task.statuses();
        assertThat(statuses.get(SERVER).getSessions()).isZero();
        assertThat(statuses.get(OTHER).getSessions()).isEqualTo(1);
    }

    @Test
    void shouldNotReadOnWhenItHasEnded() {
        configure(SERVER, Pools.of(1, 4));

        Between between = task.reopenInHaste();
        task.processor().close();

        assertThat(between.isReading(Task.PARTITION)).isFalse();
    }

    @Test
    void shouldNotGoOnWithARowThatItCannotRead() {
        configure(SERVER, Pools.of(1, 4));
        task.store().put(RowKey.pool(SERVER).encode(), UNREADABLE);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> task.revive())
                .withMessageContaining("PoolRow in the store");
    }

    private void configure(String server, PoolConfig config) {
        task.config(server, config);
        task.event(server, new ServerStarted());
        task.event(server, new SnapshotPart(1, 0, 1, List.of()));
    }

    private static int slotOf(List<Decision> decisions, int session) {
        return decisions.stream()
                .filter(one -> Agent.session(one.getSession()).equals(Pools.id(session)))
                .map(one -> ((Granted) one.getOutcome()).getSlot())
                .findFirst()
                .orElseThrow();
    }
}
