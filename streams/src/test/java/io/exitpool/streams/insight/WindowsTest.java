package io.exitpool.streams.insight;

import static io.exitpool.streams.insight.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.PoolStats;
import io.exitpool.streams.allocation.AllocationDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows close on what the allocation tells of time, whether or not anything happens in them. */
class WindowsTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir Path dir;
    private Fleet fleet;
    private InsightDriver insight;

    @BeforeEach
    void open() {
        fleet = new Fleet(dir.resolve("allocation"));
        insight = new InsightDriver(dir.resolve("insight"), fleet.registry);
    }

    @AfterEach
    void close() {
        insight.close();
        fleet.close();
    }

    @Test
    void shouldCloseEveryMinuteOfAServerWithoutTraffic() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 8, MINUTE));
        // when
        fleet.pass(Duration.ofMinutes(5).plusSeconds(5));
        insight.hear(fleet.allocation);
        // then
        List<TestRecord<String, PoolStats>> minutes = insight.minutes();
        assertThat(minutes)
                .extracting(TestRecord::getRecordTime)
                .containsExactly(minute(1), minute(2), minute(3), minute(4), minute(5));
        assertThat(minutes)
                .allSatisfy(
                        record -> {
                            assertThat(record.key()).isEqualTo(SERVER);
                            assertThat(record.value().getStarts()).isZero();
                            assertThat(record.value().getRejectRatio()).isNull();
                            assertThat(record.value().getFree().getPeak()).isEqualTo(8);
                        });
        // The first was not seen from its beginning.
        assertThat(minutes)
                .extracting(one -> one.value().getIncomplete())
                .containsExactly(true, false, false, false, false);
        assertThat(minutes.subList(1, 5))
                .extracting(one -> one.value().getCoveredMillis())
                .containsOnly(60_000L);
        assertThat(insight.deadLetters()).isEmpty();
    }

    /** With or without traffic, within 5 s of its end. */
    @Test
    void shouldHaveAWindowOutSoonAfterItsEnd() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 8, MINUTE));
        fleet.start(SERVER, id(1));
        fleet.pass(Duration.ofSeconds(60));
        insight.hear(fleet.allocation);
        insight.minutes();
        for (int minute = 2; minute < 5; minute++) {
            // when
            fleet.pass(Duration.ofSeconds(59));
            insight.hear(fleet.allocation);
            // then
            assertThat(insight.minutes()).isEmpty();
            // when
            fleet.pass(Duration.ofSeconds(1));
            insight.hear(fleet.allocation);
            // then
            assertThat(insight.minutes()).hasSize(1);
        }
    }

    @Test
    void shouldCloseTheWindowsOfAServerThatIsSilent() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 8, MINUTE));
        fleet.start(SERVER, id(1));
        fleet.pass(Duration.ofSeconds(70));
        // when
        fleet.crash(SERVER);
        fleet.pass(Duration.ofMinutes(8));
        insight.hear(fleet.allocation);
        // then
        List<TestRecord<String, PoolStats>> minutes = insight.minutes();
        assertThat(minutes).hasSize(9);
        // Its lease ran out after the five minutes of its lease-ttl.
        assertThat(minutes.stream().mapToLong(one -> one.value().getReleases().getExpired()).sum())
                .isEqualTo(1);
        assertThat(minutes.get(2).value().getSessions().getMean()).isEqualTo(1);
        assertThat(minutes.get(8).value().getSessions().getPeak()).isZero();
    }

    @Test
    void shouldCloseNoWindowWhileTheAllocationStands() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 8, MINUTE));
        fleet.pass(Duration.ofSeconds(130));
        insight.hear(fleet.allocation);
        assertThat(insight.minutes()).hasSize(2);
        // when
        Instant back = fleet.now().plus(Duration.ofMinutes(10));
        fleet.allocation.at(back);
        insight.hear(fleet.allocation);
        // then
        assertThat(insight.minutes()).isEmpty();
        // when
        fleet.allocation.tickAt(back);
        fleet.pass(Duration.ofSeconds(60));
        insight.hear(fleet.allocation);
        // then
        List<TestRecord<String, PoolStats>> minutes = insight.minutes();
        assertThat(minutes).hasSize(11);
        // Nothing is known of how full the pool was while nobody looked, and nothing is made up.
        assertThat(minutes.stream().mapToLong(one -> one.value().getCoveredMillis()).sum())
                .isBetween(60_000L, 120_000L);
    }

    @Test
    void shouldForgetAServerThatIsGone() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 8, Duration.ofSeconds(5)));
        fleet.pass(Duration.ofSeconds(70));
        insight.hear(fleet.allocation);
        assertThat(insight.minutes()).hasSize(1);
        assertThat(insight.monitor().partitions()).hasSize(1);
        // when
        fleet.allocation.noConfig(SERVER);
        fleet.crash(SERVER);
        fleet.pass(Duration.ofMinutes(10));
        insight.hear(fleet.allocation);
        // then
        assertThat(Rows.of(insight.statistics())).isEmpty();
        assertThat(Rows.of(insight.fleet()).keySet())
                .as("only the fleet's time is left")
                .allMatch(key -> key.equals("t"));
        assertThat(insight.monitor().partitions()).as("nothing to wait for").isEmpty();
        assertThat(insight.deadLetters()).isEmpty();
    }

    @Test
    void shouldBeginAnewWithAServerThatComesBack() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 8, Duration.ofSeconds(5)));
        fleet.pass(Duration.ofSeconds(70));
        fleet.allocation.noConfig(SERVER);
        fleet.crash(SERVER);
        fleet.pass(Duration.ofMinutes(1));
        // when
        fleet.add(SERVER, Fleet.pool(2, 4, Duration.ofSeconds(5)));
        fleet.pass(Duration.ofMinutes(2));
        insight.hear(fleet.allocation);
        // then
        List<TestRecord<String, PoolStats>> minutes = insight.minutes();
        PoolStats last = minutes.get(minutes.size() - 1).value();
        assertThat(last.getSlots()).isEqualTo(4);
        assertThat(last.getIncomplete()).isFalse();
        assertThat(minutes).extracting(TestRecord::getRecordTime).doesNotHaveDuplicates();
    }

    @Test
    void shouldDoNothingOnAPartitionWithoutServers() {
        // when
        fleet.pass(Duration.ofMinutes(3));
        insight.hear(fleet.allocation);
        // then
        assertThat(insight.minutes()).isEmpty();
        assertThat(insight.fleetMinutes()).isEmpty();
        assertThat(insight.alerts()).isEmpty();
        assertThat(insight.written(InsightDriver.SIGNALS)).isEmpty();
        assertThat(insight.monitor().partitions()).isEmpty();
    }

    private static Instant minute(int n) {
        return AllocationDriver.START.plus(MINUTE.multipliedBy(n));
    }
}
