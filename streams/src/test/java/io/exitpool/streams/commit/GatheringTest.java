package io.exitpool.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Duration LONG = Duration.ofMillis(100);

    private final MockProcessorContext<byte[], byte[]> task = new MockProcessorContext<>();

    @Test
    void shouldHoldNothingUntilATaskDecides() {
        Gathering gathering = new Gathering();

        assertThat(gathering.isEmpty()).isTrue();
        gathering.decided(task);
        assertThat(gathering.isEmpty()).isFalse();
        assertThat(task.committed()).isFalse();
    }

    @Test
    void shouldAskTheTaskForOneCommit() {
        Gathering gathering = new Gathering();
        gathering.decided(task);

        gathering.commit();

        assertThat(task.committed()).isTrue();
        assertThat(gathering.isEmpty()).isTrue();
    }

    @Test
    void shouldNotWaitForMoreAfterACommitOfOneRecord() {
        Gathering gathering = new Gathering();
        commit(gathering, 1);

        gathering.decided(task);

        assertThat(gathering.nextLook(LONG)).isZero();
    }

    @Test
    void shouldWaitOnceForWhatCameDuringASharedCommit() {
        Gathering gathering = new Gathering();
        commit(gathering, 2);

        assertThat(gathering.nextLook(LONG)).isPositive().isLessThan(LONG);
        gathering.handsOut(1);
        gathering.decided(task);
        assertThat(gathering.nextLook(LONG)).isPositive().isLessThan(LONG);
        assertThat(gathering.nextLook(LONG)).isZero();
    }

    @Test
    void shouldNotWaitForMoreWhenNothingCameDuringASharedCommit() {
        Gathering gathering = new Gathering();
        commit(gathering, 2);

        gathering.nextLook(LONG);
        gathering.handsOut(0);
        assertThat(gathering.nextLook(LONG)).isEqualTo(LONG);
        gathering.handsOut(1);
        gathering.decided(task);

        assertThat(gathering.nextLook(LONG)).isZero();
    }

    @Test
    void shouldNeverLookForLongerThanThereIsTime() {
        Gathering gathering = new Gathering();
        commit(gathering, 2);

        assertThat(gathering.nextLook(Duration.ZERO)).isZero();
    }

    @Test
    void shouldReadOnInsteadOfWaitingForMore() {
        Gathering gathering = new Gathering();
        commit(gathering, 2);
        gathering.polls();
        gathering.reads(5, () -> true);

        assertThat(gathering.nextLook(LONG)).isZero();
    }

    @Test
    void shouldReadAllAtOnceWhereNobodyPolls() {
        Gathering gathering = new Gathering();
        AtomicInteger left = new AtomicInteger(3);

        gathering.reads(5, () -> left.decrementAndGet() > 0);

        assertThat(left).hasValue(0);
        assertThat(gathering.isReading()).isFalse();
    }

    @Test
    void shouldReadOnUntilNothingIsLeft() {
        Gathering gathering = new Gathering();
        AtomicInteger left = new AtomicInteger(3);
        gathering.polls();

        gathering.reads(5, () -> left.decrementAndGet() > 0);
        assertThat(left).hasValue(3);
        assertThat(gathering.isReading(5)).isTrue();
        readAll(gathering);

        assertThat(left).hasValue(0);
    }

    @Test
    void shouldReadOneTaskAfterTheOther() {
        Gathering gathering = new Gathering();
        List<Integer> read = new ArrayList<>();
        gathering.polls();
        gathering.reads(5, () -> read.add(5) && read.size() < 2);
        gathering.reads(6, () -> read.add(6) && read.size() < 4);

        readAll(gathering);

        assertThat(read).containsExactly(5, 5, 6, 6);
    }

    @Test
    void shouldReadFirstWhatRecordsWaitFor() {
        Gathering gathering = new Gathering();
        List<Integer> read = new ArrayList<>();
        gathering.polls();
        gathering.reads(5, () -> read.add(5) && read.size() < 3);
        gathering.reads(6, () -> read.add(6) && read.size() < 2);
        gathering.readFirst(6);

        while (gathering.isReading()) {
            gathering.readOn(Duration.ofDays(1));
        }

        assertThat(read).containsExactly(6, 6, 5);
    }

    @Test
    void shouldForgetATaskThatHasEnded() {
        Gathering gathering = new Gathering();
        gathering.polls();
        gathering.reads(5, () -> true);

        gathering.ends(5);

        assertThat(gathering.isReading()).isFalse();
    }

    private void commit(Gathering gathering, int records) {
        gathering.handsOut(records);
        gathering.decided(task);
        gathering.commit();
    }

    private static void readAll(Gathering gathering) {
        while (gathering.isReading()) {
            gathering.readOn(Duration.ZERO);
        }
    }
}
