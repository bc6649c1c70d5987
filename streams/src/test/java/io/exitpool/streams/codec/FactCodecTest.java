package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.Released;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.schemas.body.RecordBuffer;
import io.exitpool.streams.Seed;
import io.exitpool.streams.rows.FactRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class FactCodecTest {
    private final Draw draw = new Draw(Seed.of(FactCodecTest.class));
    private final KeptSchemas kept = new KeptSchemas();
    private final FactCodec facts = new FactCodec(kept);
    private final RecordBuffer buffer = new RecordBuffer();
    private final JournalCodec journal = new JournalCodec(kept);

    @Test
    void shouldReadWhatItWrote() {
        for (int i = 0; i < 10_000; i++) {
            Fact fact = draw.fact();

            assertThat(facts.decode(row(fact))).isEqualTo(counted(fact));
        }
    }

    /** A decision's way: to its topic, from there to the statistics. */
    @Test
    void shouldKeepOfADecisionWhatStatisticsCount() {
        for (int i = 0; i < 10_000; i++) {
            Decision decision = draw.decision();
            OptionalLong lag = draw.number();
            long time = draw.slotId();

            Counted read = FactCodec.read(DecisionCodec.encode(decision, lag));

            if (decision.number().isEmpty()) {
                assertThat(read).isEqualTo(new Counted.Uncounted());
            } else {
                assertThat(counted(((Counted.Decided) read).at(time)))
                        .isEqualTo(
                                counted(
                                        new Fact(
                                                decision.number().getAsLong(),
                                                time,
                                                lag,
                                                decision.outcome())));
            }
        }
    }

    @Test
    void shouldWriteTheBytesOfTheGeneratedObjects() throws IOException {
        BinaryMessageEncoder<FactRow> generated =
                new BinaryMessageEncoder<>(SpecificData.get(), FactRow.getClassSchema());
        BinaryMessageDecoder<FactRow> decoder =
                new BinaryMessageDecoder<>(SpecificData.get(), FactRow.getClassSchema());
        for (int i = 0; i < 10_000; i++) {
            byte[] row = row(draw.fact());

            assertThat(generated.encode(decoder.decode(row)).array()).isEqualTo(row);
        }
    }

    @Test
    void shouldTellDecisionsFromStatusesInTheJournal() {
        for (int i = 0; i < 2_000; i++) {
            Fact fact = draw.fact();
            PoolStatus status = StatusCodecTest.lean(draw.status());
            long entry = draw.slotId() * 7_919L;
            Map<Long, Object> read = new HashMap<>();

            journal.decode(journal.encode(entry, fact), read::put, read::put);
            journal.decode(journal.encode(entry + 1, status), read::put, read::put);

            assertThat(read).isEqualTo(Map.of(entry, counted(fact), entry + 1, status));
        }
    }

    @Test
    void shouldKeepEverySchemaThatItWrites() {
        for (Class<?> row : new Class<?>[] {FactRow.class, io.exitpool.schemas.PoolStatus.class}) {
            Schema schema = SpecificData.get().getSchema(row);

            assertThat(kept.findByFingerprint(SchemaNormalization.parsingFingerprint64(schema)))
                    .as(
                            "the schema of %s is not kept: put it beside the others in"
                                    + " src/main/resources/io/exitpool/streams/rows as the next"
                                    + " version, and leave those as they are",
                            row.getSimpleName())
                    .isNotNull();
        }
    }

    private byte[] row(Fact fact) {
        buffer.begin();
        facts.write(fact, buffer);
        return buffer.record();
    }

    /** What is not counted stays behind: addresses but for their families, and when to retry. */
    private static Fact counted(Fact fact) {
        Outcome outcome =
                fact.outcome()
                        .match(
                                granted ->
                                        new Granted(
                                                granted.slot(),
                                                families(granted.addresses()),
                                                granted.choice(),
                                                granted.rung(),
                                                granted.gapMillis(),
                                                granted.loadAfter(),
                                                granted.attempt(),
                                                granted.repeated()),
                                rejected -> new Rejected(rejected.cause(), 0, rejected.attempt()),
                                (Released released) -> released);
        return new Fact(fact.number(), fact.time(), fact.lagMillis(), outcome);
    }

    private static Addresses families(Addresses addresses) {
        return new Addresses(addresses.hasV4(), 0, addresses.hasV6(), 0, 0);
    }
}
