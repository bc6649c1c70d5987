package io.exitpool.streams.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.FleetKey;
import io.exitpool.streams.codec.JournalKey;
import io.exitpool.streams.codec.JournalKey.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a busy hour of a pool of 91 slots, the largest there is, writes to the stores. */
class StateSizeTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final int SLOTS = 91;
    private static final int MAX_EVENT_BYTES = 128;
    private static final int MAX_SNAPSHOT_BYTES = 8 << 10;
    private static final int MAX_REWRITTEN_PER_EVENT = 2 << 10;

    @TempDir Path dir;

    @Test
    void shouldWriteLittlePerEvent() {
        try (Fleet fleet = new Fleet(dir.resolve("allocation"));
                InsightDriver insight = new InsightDriver(dir.resolve("insight"), fleet.registry)) {
            // given
            fleet.add(SERVER, Fleet.pool(1, SLOTS, Duration.ofSeconds(60)));
            Traffic traffic = new Traffic(fleet, 91, 0.5, 110);
            // when
            long events = 0;
            for (int second = 0; second < 3_600 + 1_800; second++) {
                traffic.pass(Duration.ofSeconds(1), SERVER);
                List<TestRecord<byte[], byte[]>> decisions =
                        fleet.allocation.written(Topics.DECISIONS.name());
                List<TestRecord<byte[], byte[]>> statuses =
                        fleet.allocation.written(Topics.POOL_STATUS.name());
                events += decisions.size() + statuses.size();
                decisions.forEach(insight::decision);
                statuses.forEach(insight::status);
            }
            // then
            Map<Kind, LongSummaryStatistics> rows = new EnumMap<>(Kind.class);
            long journalled = 0;
            long deleted = 0;
            for (TestRecord<byte[], byte[]> row : insight.written(InsightDriver.STATISTICS_ROWS)) {
                if (row.value() != null) {
                    Kind kind = JournalKey.decode(row.key()).kind();
                    rows.computeIfAbsent(kind, its -> new LongSummaryStatistics())
                            .accept(row.value().length);
                    journalled += kind == Kind.ENTRY ? row.value().length + row.key().length : 0;
                } else {
                    deleted++;
                }
            }
            LongSummaryStatistics entries = rows.get(Kind.ENTRY);
            LongSummaryStatistics snapshots = rows.get(Kind.SNAPSHOT);
            long minutes = insight.minutes().size();
            System.out.printf(
                    "%d slots, %d decisions and statuses, %d minutes: an entry has %.0f bytes, at"
                            + " most %d (with its key %.0f a record), %d were deleted; a snapshot"
                            + " %.0f, at most %d (%d of them)%n",
                    SLOTS,
                    events,
                    minutes,
                    entries.getAverage(),
                    entries.getMax(),
                    (double) journalled / events,
                    deleted,
                    snapshots.getAverage(),
                    snapshots.getMax(),
                    snapshots.getCount());
            assertThat(entries.getCount())
                    .as("one entry a record, and again what waits when a minute closes")
                    .isBetween(events, events + minutes);
            assertThat(entries.getMax()).isLessThan(MAX_EVENT_BYTES);
            assertThat(deleted).as("entries of busier minutes").isLessThan(events / 10);
            assertThat(snapshots.getMax()).isLessThan(MAX_SNAPSHOT_BYTES);
            // The first status begins, and one more may not agree with the decisions.
            assertThat(snapshots.getCount()).isBetween(minutes, minutes + 2);
            assertFleetRows(insight, events);
        }
    }

    /** What is large is a window's and written once; what is written often is small. */
    private static void assertFleetRows(InsightDriver insight, long events) {
        Map<FleetKey.Kind, LongSummaryStatistics> rows = new EnumMap<>(FleetKey.Kind.class);
        for (TestRecord<byte[], byte[]> row : insight.written(InsightDriver.FLEET_ROWS)) {
            if (row.value() != null) {
                rows.computeIfAbsent(FleetKey.kind(row.key()), its -> new LongSummaryStatistics())
                        .accept(row.value().length);
            }
        }
        rows.forEach(
                (kind, sizes) -> {
                    System.out.printf(
                            "fleet %s: %d rows, at most %d bytes%n",
                            kind, sizes.getCount(), sizes.getMax());
                    if (kind != FleetKey.Kind.WAITING) {
                        assertThat(sizes.getMax()).isLessThan(MAX_REWRITTEN_PER_EVENT);
                    }
                });
        assertThat(rows.get(FleetKey.Kind.WAITING).getCount()).isLessThan(events / 20);
    }
}
