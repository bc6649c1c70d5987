package io.exitpool.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.streams.commit.GroupCommit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowStoreTest {
    private static final TopicPartition CHANGELOG =
            new TopicPartition("exitpool-rows-changelog", 0);

    @TempDir private Path dir;

    private final GroupCommit commits = new GroupCommit();
    private final RocksDbMemory memory = new RocksDbMemory(32 << 20);
    private String guarantee = StreamsConfig.EXACTLY_ONCE_V2;
    private RowStore store;

    @AfterEach
    void close() {
        store.close();
        memory.close();
    }

    @Test
    void shouldScanWhatWasJustWritten() {
        open();

        store.put(key("b"), key("2"));
        store.put(key("a"), key("1"));
        store.put(key("c"), key("3"));
        store.put(key("b"), null);

        assertThat(rows()).containsExactly(Map.entry("a", "1"), Map.entry("c", "3"));
    }

    @Test
    void shouldSkimTheKeysThatAreAskedFor() {
        open();
        for (String key : "a b ba c d".split(" ")) {
            store.put(key(key), key(key));
        }

        List<String> seen = new ArrayList<>();
        try (RowScan scan = store.scan()) {
            scan.skim(
                    key -> {
                        seen.add(text(key));
                        return new byte[] {(byte) (key[0] + 1)};
                    });
        }

        assertThat(seen).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldReadInPiecesWhatWasThereWhenTheScanBegan() {
        open();
        for (String key : "a b c".split(" ")) {
            store.put(key(key), key("1"));
        }
        RowScan scan = store.scan();
        store.put(key("b"), key("2"));
        store.put(key("bb"), key("2"));
        store.handOver();

        Map<String, String> found = new LinkedHashMap<>();
        scan.forEach(key("b"), key("c"), (key, row) -> found.put(text(key), text(row)));
        scan.forEach(key("a"), key("b"), (key, row) -> found.put(text(key), text(row)));

        assertThat(found).containsExactly(Map.entry("b", "1"), Map.entry("a", "1"));
    }

    /** RocksDB would crash. */
    @Test
    void shouldEndItsScansWhenItIsClosed() {
        open();
        store.put(key("a"), key("1"));
        RowScan scan = store.scan();
        reopen();

        scan.close();

        assertThat(rows()).containsOnlyKeys("a");
    }

    @Test
    void shouldScanARange() {
        open();
        for (String key : "a b ba c".split(" ")) {
            store.put(key(key), key(key));
        }

        Map<String, String> found = new LinkedHashMap<>();
        store.forEach(key("b"), key("c"), (key, row) -> found.put(text(key), text(row)));

        assertThat(found.keySet()).containsExactly("b", "ba");
    }

    @Test
    void shouldFindRowsAndOffsetAfterACleanStop() {
        open();
        store.put(key("a"), key("1"));
        store.commit(Map.of(CHANGELOG, 7L));
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
        assertThat(rows()).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void shouldLoseWhatWasNotCommitted() {
        open();
        store.commit(Map.of(CHANGELOG, 7L));
        store.put(key("a"), key("1"));
        store.handOver();
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
        assertThat(rows()).isEmpty();
    }

    @Test
    void shouldKeepWhatATransactionCommittedWithItsOffset() {
        open();
        store.put(key("a"), key("1"));
        commits.committedByThisThread().commit(Map.of(CHANGELOG, 9L));
        store.put(key("b"), key("2"));
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(9);
        assertThat(rows()).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void shouldNotTakeAnotherStoresCommitForItsOwn() {
        open();
        store.put(key("a"), key("1"));
        commits.committedByThisThread()
                .commit(Map.of(new TopicPartition(CHANGELOG.topic(), 1), 9L));
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isNull();
        assertThat(rows()).isEmpty();
    }

    @Test
    void shouldHaveNoOffsetWhileAScanMadeItWriteWhatMayBeTakenBack() {
        open();
        store.commit(Map.of(CHANGELOG, 7L));
        store.put(key("a"), key("1"));
        assertThat(rows()).containsOnlyKeys("a");
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isNull();
    }

    @Test
    void shouldHaveItsOffsetAgainAfterTheCommitThatFollowsAScan() {
        open();
        store.put(key("a"), key("1"));
        assertThat(rows()).containsOnlyKeys("a");
        store.put(key("a"), null);
        commits.committedByThisThread().commit(Map.of(CHANGELOG, 9L));
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(9);
        assertThat(rows()).isEmpty();
    }

    @Test
    void shouldKeepTheOffsetWhereNothingIsTakenBack() {
        guarantee = StreamsConfig.AT_LEAST_ONCE;
        open();
        store.commit(Map.of(CHANGELOG, 7L));
        store.put(key("a"), key("1"));
        store.handOver();
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
    }

    @Test
    void shouldForgetItsOffsetsWhenItIsToldThatItIsCorrupt() {
        open();
        store.commit(Map.of(CHANGELOG, 7L));
        store.commit(Map.of());

        assertThat(store.committedOffset(CHANGELOG)).isNull();
    }

    private void open() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "exitpool");
        settings.put(RocksDbMemory.SETTING, memory);
        settings.put(GroupCommit.SETTING, commits);
        MockProcessorContext<byte[], byte[]> context =
                new MockProcessorContext<>(settings, new TaskId(0, 0), dir.toFile());
        store = Changelog.store("rows", 1).withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
    }

    /** What was not handed over is lost, as in a process that is killed. */
    private void reopen() {
        store.close();
        open();
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        store.forEach((key, row) -> rows.put(text(key), text(row)));
        return rows;
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
