package io.exitpool.connect.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.connect.dns.change.Change;
import io.exitpool.connect.dns.change.Coalescer;
import io.exitpool.connect.dns.change.Counters;
import io.exitpool.connect.dns.decision.RecordReader;
import io.exitpool.connect.dns.name.PtrNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final TopicPartition DECISIONS = new TopicPartition(Records.DECISIONS, 0);
    private static final long MINUTE = 60_000_000_000L;

    private final Counters counters = new Counters();
    private final Coalescer coalescer = new Coalescer(0, Long.MAX_VALUE, counters);
    private final ReadOffsets offsets = new ReadOffsets();
    private final List<String> reported = new ArrayList<>();
    private final Intake intake =
            new Intake(
                    new RecordReader(Records.CONFIGS),
                    PtrNames.parse("{address-dashed}.{server}.example.net", "delete"),
                    coalescer,
                    counters,
                    (record, reason) -> reported.add(reason));

    @Test
    void shouldFollowGrantsAndReleases() {
        take(Records.granted(0, "s", 3, "192.0.2.7", "2001:db8::7"));
        assertThat(wishes())
                .containsExactly(
                        "192.0.2.7 192-0-2-7.s.example.net.",
                        "2001:db8:0:0:0:0:0:7"
                                + " 2001-0db8-0000-0000-0000-0000-0000-0007.s.example.net.");

        take(Records.released(1, "s", 3, "ENDED", 0));
        assertThat(wishes()).containsExactly("192.0.2.7 none", "2001:db8:0:0:0:0:0:7 none");
        assertThat(done()).isEqualTo(1);
    }

    @Test
    void shouldCommitEverythingOnceAllIsConfirmed() {
        take(Records.granted(0, "s", 3, "192.0.2.7", null));
        take(Records.granted(1, "s", 4, "192.0.2.8", null));
        take(Records.rejected(2, "s"));
        assertThat(done()).isZero();

        coalescer.confirmed(coalescer.ripe(0).subList(0, 1), 0);
        assertThat(done()).isEqualTo(1);
        coalescer.confirmed(coalescer.ripe(0), 0);
        assertThat(done()).isEqualTo(3);
    }

    @Test
    void shouldHoldAReleaseUntilTheConfigurationTellsItsAddress() {
        take(Records.released(5, "s", 3, "ENDED", 0));
        take(Records.rejected(6, "s"));
        assertThat(wishes()).isEmpty();
        assertThat(done()).isEqualTo(5);

        take(Records.config(0, "s", 0, 10, "192.0.2.4"));
        assertThat(wishes()).containsExactly("192.0.2.7 none");
        assertThat(done()).isEqualTo(5);
    }

    @Test
    void shouldGiveUpAReleaseWhoseAddressNobodyTells() {
        take(Records.released(5, "s", 3, "ENDED", 0));
        intake.giveUpUnknown(MINUTE - 1);
        assertThat(done()).isEqualTo(5);

        intake.giveUpUnknown(MINUTE);
        assertThat(done()).isEqualTo(6);
        assertThat(counters.slotsUnknown()).isEqualTo(1);
    }

    @Test
    void shouldNotCallAnAddressIdleThatWasGrantedAgain() {
        take(Records.released(5, "s", 3, "ENDED", 0));
        take(Records.granted(6, "s", 3, "192.0.2.7", null));
        take(Records.config(0, "s", 0, 10, "192.0.2.4"));

        assertThat(wishes()).containsExactly("192.0.2.7 192-0-2-7.s.example.net.");
    }

    @Test
    void shouldReportWhatCannotBeReadAndWhatHasNoName() {
        take(Records.record(Records.DECISIONS, 0, "s", null, "text"));
        take(Records.granted(1, "no server's name", 3, "192.0.2.7", null));

        assertThat(reported).hasSize(2);
        assertThat(reported.get(0)).contains("value.converter");
        assertThat(reported.get(1)).contains("no label of a host name");
        assertThat(counters.recordsReported()).isEqualTo(2);
        assertThat(done()).isEqualTo(2);
    }

    private void take(SinkRecord record) {
        offsets.read(record);
        intake.take(record, 0);
    }

    private long done() {
        Map<TopicPartition, OffsetAndMetadata> done = offsets.done(intake::forEachSource);
        return done.get(DECISIONS).offset();
    }

    private List<String> wishes() {
        return coalescer.ripe(0).stream().map(IntakeTest::inWords).toList();
    }

    private static String inWords(Change change) {
        return change.address().getHostAddress()
                + " "
                + change.wish().ptr().map(Object::toString).orElse("none");
    }
}
