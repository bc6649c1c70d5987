package io.exitpool.streams.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every setting of Exitpool's own: its key, its default and what it does. Those named as Kafka
 * names them mean the same there. {@code docs/configuration.md} is compared with this list.
 */
public enum Setting {
    STATE_DIR(
            "state.dir",
            "exitpool-state",
            "Directory of the RocksDB stores; relative to the working directory. An instance that"
                    + " finds its own directory again restores only what it missed."),
    ONLY(
            "only",
            "",
            "`allocation` or `insight`: the one part that this instance runs. Empty: both."),
    HTTP_LISTEN(
            "http.listen",
            "127.0.0.1:8080",
            "Address and port of health, metrics and pool status; port 0 takes any free one, `off`"
                    + " serves nothing. There is no login: keep it on loopback or behind a proxy."),
    NUM_STREAM_THREADS(
            "num.stream.threads",
            "1",
            "Threads that share this instance's partitions, one partition to one thread."),
    PROCESSING_GUARANTEE(
            "processing.guarantee",
            "exactly_once_v2",
            "`exactly_once_v2`, or `at_least_once`: sooner visible, but after an unclean stop some"
                    + " decisions may have been published that the pools do not know."),
    COMMIT_INTERVAL_MS(
            "commit.interval.ms",
            "100",
            "How long decisions gather at most before they are committed together and become"
                    + " visible, in milliseconds. It counts only while events never cease to wait;"
                    + " else each commit follows the one before it."),
    NUM_STANDBY_REPLICAS(
            "num.standby.replicas",
            "0",
            "Copies of each store on other instances; with 1 another instance takes over in"
                    + " seconds however many leases there are."),
    GROUP_INSTANCE_ID(
            "group.instance.id",
            "",
            "Name of this instance, unique and the same after a restart (static membership): its"
                    + " partitions wait for it for `session.timeout.ms`. Empty: no name, and a"
                    + " clean stop hands them over at once."),
    SESSION_TIMEOUT_MS(
            "session.timeout.ms",
            "1500",
            "How long a silent instance keeps its partitions, in milliseconds, and what it wrote"
                    + " last its readers waiting. The brokers' `group.min.session.timeout.ms`, 6000"
                    + " by default, takes its place if that is longer."),
    REPLICATION_FACTOR(
            "replication.factor",
            "-1",
            "Replicas of the store's changelog; -1 is the brokers' default."),
    TICK_INTERVAL_MS(
            "tick.interval.ms",
            "1000",
            "How often time passes in the pools, in milliseconds, 100 to 10000: the grain of"
                    + " expiry, retirement and status."),
    INSIGHT_NUM_STREAM_THREADS(
            "insight.num.stream.threads",
            "1",
            "Threads that share the statistics of this instance's partitions."),
    INSIGHT_COMMIT_INTERVAL_MS(
            "insight.commit.interval.ms",
            "200",
            "How long statistics and alerts gather before they become visible, in milliseconds. An"
                    + " alert passes two commits: above 500 it may show later than 2 s after its"
                    + " cause."),
    STATS_MIN_SESSIONS(
            "stats.min.sessions",
            "10",
            "k: fewer sessions than this publish no quantiles and no histogram; they wait for the"
                    + " next minute's. At least 2."),
    ROCKSDB_MEMORY_BYTES(
            "rocksdb.memory.bytes",
            "268435456",
            "What all RocksDB stores of the process take together for memtables, blocks, indexes"
                    + " and filters, at least 33554432 (32 MiB).");

    private final String key;
    private final String defaultValue;
    private final String description;

    Setting(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** Markdown of one line. */
    public String description() {
        return description;
    }

    /** The variable that sets it: {@code EXITPOOL_STATE_DIR} for {@code state.dir}. */
    public String environment() {
        return SettingsReader.variable(key);
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }
}
