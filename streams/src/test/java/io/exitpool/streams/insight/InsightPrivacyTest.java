package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.Targets;
import io.exitpool.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statistics count sessions and addresses and know none: whatever the insight writes, be it a row,
 * a signal or a record, has neither in it, in no form.
 */
class InsightPrivacyTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final int SLOTS = 12;

    /** 203.0.113.64 and 2001:db8:5eed:beef:..., for documentation. */
    private static final Addresses FIRST =
            new Addresses(
                    true, 0xCB_00_71_40, true, 0x2001_0db8_5eed_beefL, 0x0123_4567_89ab_cd00L);

    @TempDir Path dir;

    @Test
    void shouldWriteNoSessionAndNoAddress() {
        try (Fleet fleet = new Fleet(dir.resolve("allocation"));
                InsightDriver insight = new InsightDriver(dir.resolve("insight"), fleet.registry)) {
            // given
            fleet.add(SERVER, pool());
            Traffic traffic = new Traffic(fleet, 4711, 0.5, 30);
            // when
            traffic.pass(Duration.ofMinutes(62), SERVER);
            List<TestRecord<byte[], byte[]>> decisions =
                    fleet.allocation.written(Topics.DECISIONS.name());
            decisions.forEach(insight::decision);
            fleet.allocation.written(Topics.POOL_STATUS.name()).forEach(insight::status);
            // then
            List<byte[]> forbidden = new ArrayList<>(addresses());
            traffic.sessions().forEach(session -> forbidden.addAll(session(session)));
            List<byte[]> written =
                    Stream.of(
                                    InsightDriver.STATISTICS_ROWS,
                                    InsightDriver.FLEET_ROWS,
                                    InsightDriver.SIGNALS,
                                    Topics.POOL_STATS_1M.name(),
                                    Topics.POOL_STATS_1H.name(),
                                    Topics.FLEET_STATS_1M.name(),
                                    Topics.FLEET_STATS_1H.name(),
                                    Topics.POOL_ALERTS.name(),
                                    Topics.DEAD_LETTERS)
                            .map(insight::written)
                            .flatMap(records -> bytes(records).stream())
                            .toList();
            assertThat(written).hasSizeGreaterThan(2_000);
            assertThat(matches(bytes(decisions), forbidden))
                    .as("the search finds what is there")
                    .isPositive();
            assertThat(matches(written, forbidden)).isZero();
        }
    }

    /** Sessions and addresses in binary, and as people and programs write them. */
    private static List<byte[]> session(SessionId id) {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(id.high()).putLong(id.low()).array();
        String hex = HexFormat.of().formatHex(bytes);
        return List.of(
                ByteBuffer.allocate(Long.BYTES).putLong(id.high()).array(),
                ByteBuffer.allocate(Long.BYTES).putLong(id.low()).array(),
                hex.substring(0, 16).getBytes(US_ASCII),
                hex.substring(16).getBytes(US_ASCII),
                Long.toString(id.high()).getBytes(US_ASCII));
    }

    private static List<byte[]> addresses() {
        List<byte[]> all = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            Addresses its = FIRST.plus(slot);
            all.add(ByteBuffer.allocate(Integer.BYTES).putInt(its.v4()).array());
            all.add(("203.0.113." + (64 + slot)).getBytes(US_ASCII));
            all.add(ByteBuffer.allocate(Long.BYTES).putLong(its.v6Low()).array());
        }
        all.add(ByteBuffer.allocate(Long.BYTES).putLong(FIRST.v6High()).array());
        all.add("2001:db8".getBytes(US_ASCII));
        return all;
    }

    private static List<byte[]> bytes(List<TestRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(one -> Stream.of(one.key(), one.value()))
                .filter(bytes -> bytes != null)
                .toList();
    }

    private static long matches(List<byte[]> texts, List<byte[]> forbidden) {
        // By the first four bytes, so that every place of every text is looked at once.
        Map<Integer, List<byte[]>> byStart = new HashMap<>();
        forbidden.forEach(
                word ->
                        byStart.computeIfAbsent(
                                        ByteBuffer.wrap(word).getInt(), any -> new ArrayList<>())
                                .add(word));
        long matches = 0;
        for (byte[] text : texts) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            for (int at = 0; at + Integer.BYTES <= text.length; at++) {
                for (byte[] word : byStart.getOrDefault(buffer.getInt(at), List.of())) {
                    boolean fits = at + word.length <= text.length;
                    matches +=
                            fits && ByteBuffer.wrap(word).equals(buffer.slice(at, word.length))
                                    ? 1
                                    : 0;
                }
            }
        }
        return matches;
    }

    private static PoolConfig pool() {
        return new PoolConfig(
                1,
                List.of(new SlotRange(0, SLOTS, FIRST)),
                1,
                5_000,
                PlacementPolicy.UNIFORM_RANDOM,
                Ladder.NONE,
                1.0,
                300_000,
                false,
                List.of(),
                Optional.empty(),
                Targets.DEFAULT);
    }
}
