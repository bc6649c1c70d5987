package io.exitpool.streams.allocation;

import static io.exitpool.streams.allocation.Pools.end;
import static io.exitpool.streams.allocation.Pools.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.EventCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.codec.RowKey.Kind;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocateProcessorTest {
    private static final String SERVER = "se-sto-wg-208";

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
    void shouldForgetItsImageWhenATaskIsRevived() {
        task.config(SERVER, Pools.of(1, 8));
        begin();
        task.event(SERVER, start(1));
        Granted before = (Granted) task.decisions().get(0).getOutcome();

        // What the fault took back is not in the store either: here, the lease.
        task.store().put(RowKey.lease(SERVER, Pools.id(1)).encode(), null);
        task.revive();
        task.event(SERVER, start(1));

        Granted after = (Granted) task.decisions().get(0).getOutcome();
        assertThat(before.getRepeated()).isFalse();
        assertThat(after.getRepeated()).isFalse();
    }

    @Test
    void shouldTickOnceHoweverOftenItIsRevived() {
        CapturedPunctuator first = task.context().scheduledPunctuators().get(0);

        task.revive();

        List<CapturedPunctuator> second = task.context().scheduledPunctuators();
        assertThat(first.cancelled()).isTrue();
        assertThat(second).hasSize(1);
        assertThat(second.get(0).cancelled()).isFalse();

        task.processor().close();

        assertThat(second.get(0).cancelled()).isTrue();
    }

    @Test
    void shouldDoNothingButTickWhenTheClockStrikes() {
        task.context().scheduledPunctuators().get(0).getPunctuator().punctuate(1_234);

        assertThat(task.context().forwarded()).hasSize(1);
        CapturedForward<? extends byte[], ? extends byte[]> tick =
                task.context().forwarded().get(0);
        assertThat(tick.childName()).contains(AllocationTopology.WRITE_TICKS);
        assertThat(tick.record().key()).isNull();
        SessionEvent event =
                task.wire()
                        .serde(Topics.SESSION_EVENTS)
                        .deserializer()
                        .deserialize("events", tick.record().value());
        assertThat(EventCodec.tickPartition(event)).hasValue(Task.PARTITION);
    }

    @Test
    void shouldSendATickToThePartitionThatItCarries() {
        byte[] tick =
                task.wire()
                        .serde(Topics.SESSION_EVENTS)
                        .serializer()
                        .serialize("events", EventCodec.tick(11));

        assertThat(new TickPartitioner(task.wire()).partitions("events", null, tick, 12))
                .hasValueSatisfying(where -> assertThat(where).containsExactly(11));
    }

    @Test
    void shouldTellWhichPartitionsItHas() {
        assertThat(task.monitor().partitions()).containsOnlyKeys(Task.PARTITION);

        task.processor().close();

        assertThat(task.monitor().partitions()).isEmpty();
    }

    @Test
    void shouldNeverLetTimeGoBack() {
        task.config(SERVER, Pools.of(1, 8));
        begin();
        task.setTime(2_000_000_000_000L);
        task.event(SERVER, start(1));

        task.setTime(1_999_999_999_000L);
        task.event(SERVER, start(2));

        assertThat(task.forwarded(AllocationTopology.WRITE_DECISIONS))
                .hasSize(2)
                .allSatisfy(
                        decision -> assertThat(decision.timestamp()).isEqualTo(2_000_000_000_000L));
    }

    @Test
    void shouldWriteOneRowForAStartAndTwoForAnEnd() {
        task.config(SERVER, Pools.of(1, 8));
        begin();

        task.event(SERVER, start(1));

        assertThat(task.rows(SERVER)).containsExactlyInAnyOrder(Kind.CONFIG, Kind.POOL, Kind.LEASE);

        task.event(SERVER, end(1));

        assertThat(task.rows(SERVER)).containsExactlyInAnyOrder(Kind.CONFIG, Kind.POOL, Kind.SLOT);
    }

    private void begin() {
        task.event(SERVER, new ServerStarted());
        task.event(SERVER, new SnapshotPart(1, 0, 1, List.of()));
    }
}
