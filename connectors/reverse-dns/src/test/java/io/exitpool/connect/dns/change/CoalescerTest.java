package io.exitpool.connect.dns.change;

import static io.exitpool.connect.dns.change.Changes.SECOND;
import static io.exitpool.connect.dns.change.Changes.change;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private static final long LINGER = 5 * SECOND;
    private static final long REASSERT = 100 * SECOND;
    private static final String ADDRESS = "192.0.2.1";

    private final Counters counters = new Counters();
    private final Coalescer coalescer = new Coalescer(LINGER, REASSERT, counters);

    @Test
    void shouldHoldAChangeForTheLingerTime() {
        coalescer.want(change(ADDRESS, "a.", 1, 0));

        assertThat(coalescer.ripe(LINGER - 1)).isEmpty();
        assertThat(coalescer.ripeIn(LINGER - 1)).contains(1L);
        assertThat(coalescer.ripe(LINGER)).hasSize(1);
    }

    @Test
    void shouldKeepTheLastOfManyAndTheAgeOfTheFirst() {
        coalescer.want(change(ADDRESS, "a.", 1, 0));
        coalescer.want(change("192.0.2.2", "a.", 2, SECOND));
        coalescer.want(change(ADDRESS, "b.", 3, 2 * SECOND));
        coalescer.want(change(ADDRESS, "c.", 4, 3 * SECOND));

        assertThat(coalescer.ripe(LINGER))
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.wish()).isEqualTo(change(ADDRESS, "c.", 0, 0).wish());
                            assertThat(change.since()).isZero();
                            assertThat(change.sinceTimestamp()).isEqualTo(1);
                        });
        assertThat(counters.changesCoalesced()).isEqualTo(2);
        assertThat(offsets()).containsExactly(4L, 2L);
    }

    @Test
    void shouldSendNothingWhenTheNameIsBackToWhatWasConfirmed() {
        confirm(change(ADDRESS, "a.", 1, 0));
        coalescer.want(change(ADDRESS, null, 2, SECOND));
        coalescer.want(change(ADDRESS, "a.", 3, 2 * SECOND));

        assertThat(coalescer.size()).isZero();
        assertThat(counters.changesCoalesced()).isEqualTo(2);
        assertThat(counters.changesWaiting()).isZero();
        assertThat(counters.lagMillis(5_000)).isZero();
    }

    @Test
    void shouldNotRepeatWhatWasConfirmedUnlessThatIsOld() {
        confirm(change(ADDRESS, "a.", 1, 0));
        coalescer.want(change(ADDRESS, "a.", 2, SECOND));
        assertThat(coalescer.size()).isZero();
        assertThat(counters.changesUnchanged()).isEqualTo(1);

        coalescer.want(change(ADDRESS, "a.", 3, REASSERT + 1));
        assertThat(coalescer.size()).isEqualTo(1);
    }

    @Test
    void shouldNotTrustAConfirmationOnceAnotherNameWasSent() {
        confirm(change(ADDRESS, "a.", 1, 0));
        Change unanswered = change(ADDRESS, "b.", 2, SECOND);
        coalescer.want(unanswered);
        coalescer.sending(List.of(unanswered));

        coalescer.want(change(ADDRESS, "a.", 3, 2 * SECOND));

        assertThat(offsets()).containsExactly(3L);
    }

    @Test
    void shouldDistrustTheNamesOfAServerWhosePoolChanged() {
        confirm(change(ADDRESS, "a.", 1, 0));
        coalescer.distrust("another");
        coalescer.want(change(ADDRESS, "a.", 2, SECOND));
        assertThat(coalescer.size()).isZero();

        coalescer.distrust("server");
        coalescer.want(change(ADDRESS, "a.", 3, SECOND));
        assertThat(coalescer.size()).isEqualTo(1);
    }

    @Test
    void shouldMoveTheOffsetOnWhenTheSameIsWantedAgain() {
        coalescer.want(change(ADDRESS, "a.", 1, 0));
        coalescer.want(change(ADDRESS, "a.", 7, SECOND));

        assertThat(offsets()).containsExactly(7L);
        assertThat(coalescer.ripe(LINGER)).hasSize(1);
    }

    @Test
    void shouldForgetWhatAnotherTaskReads() {
        coalescer.want(change(ADDRESS, "a.", 1, 0));

        coalescer.forget(List.of(new TopicPartition("another", 0)));
        assertThat(coalescer.size()).isEqualTo(1);
        coalescer.forget(List.of(new TopicPartition("exit-pool-decisions", 0)));
        assertThat(coalescer.size()).isZero();
    }

    private void confirm(Change change) {
        coalescer.want(change);
        coalescer.sending(List.of(change));
        coalescer.confirmed(List.of(change), change.since());
    }

    private List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        coalescer.forEachSource(record -> offsets.add(record.kafkaOffset()));
        return offsets;
    }
}
