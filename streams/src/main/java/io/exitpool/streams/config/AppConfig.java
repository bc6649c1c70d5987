package io.exitpool.streams.config;

import io.exitpool.schemas.connection.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of one instance, checked. {@link Setting} says what each means.
 *
 * @param connection where Kafka and the registry are, and what their clients are told
 * @param parts what the instance runs
 * @param http where health, metrics and pool status are served, if they are
 * @param instanceId the instance's name for static membership, if it has one
 * @param replicationFactor of the changelogs; -1 is the brokers' default
 */
public record AppConfig(
        Connection connection,
        Path stateDir,
        Set<Part> parts,
        Optional<HostPort> http,
        int threads,
        Guarantee guarantee,
        Duration commitInterval,
        int standbyReplicas,
        Optional<String> instanceId,
        Duration sessionTimeout,
        int replicationFactor,
        Duration tickInterval,
        int insightThreads,
        Duration insightCommitInterval,
        int statsMinSessions,
        long rocksDbMemoryBytes) {

    private static final String OFF = "off";
    private static final int MAX_THREADS = 64;
    private static final int MAX_COMMIT_INTERVAL_MS = 10_000;
    private static final int MAX_STANDBYS = 5;
    private static final int MIN_SESSION_MS = 1_000;
    private static final int MAX_SESSION_MS = 1_800_000;
    private static final int MIN_TICK_MS = 100;
    private static final int MAX_TICK_MS = 10_000;
    private static final int MIN_K = 2;
    private static final int MAX_K = 1_000;
    private static final long MIN_ROCKSDB_BYTES = 32L << 20;

    /** What an unclean stop may do to the answers. */
    public enum Guarantee {
        /** Answers, rows and offsets change together or not at all. */
        EXACTLY_ONCE_V2,
        /** Answers may have been published that the rows do not know. */
        AT_LEAST_ONCE;

        /** As Kafka Streams spells it. */
        public String streams() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AppConfig {
        check(Setting.NUM_STREAM_THREADS, threads, 1, MAX_THREADS);
        check(Setting.COMMIT_INTERVAL_MS, commitInterval.toMillis(), 1, MAX_COMMIT_INTERVAL_MS);
        check(Setting.NUM_STANDBY_REPLICAS, standbyReplicas, 0, MAX_STANDBYS);
        check(
                Setting.SESSION_TIMEOUT_MS,
                sessionTimeout.toMillis(),
                MIN_SESSION_MS,
                MAX_SESSION_MS);
        check(Setting.TICK_INTERVAL_MS, tickInterval.toMillis(), MIN_TICK_MS, MAX_TICK_MS);
        check(Setting.INSIGHT_NUM_STREAM_THREADS, insightThreads, 1, MAX_THREADS);
        check(
                Setting.INSIGHT_COMMIT_INTERVAL_MS,
                insightCommitInterval.toMillis(),
                1,
                MAX_COMMIT_INTERVAL_MS);
        check(Setting.STATS_MIN_SESSIONS, statsMinSessions, MIN_K, MAX_K);
        check(Setting.ROCKSDB_MEMORY_BYTES, rocksDbMemoryBytes, MIN_ROCKSDB_BYTES, 1L << 40);
        if (replicationFactor != -1) {
            check(Setting.REPLICATION_FACTOR, replicationFactor, 1, Short.MAX_VALUE);
        }
        KafkaKeys.check(connection.kafka(), instanceId.isPresent(), standbyReplicas > 0);
    }

    /**
     * @param settings by key; what is left out takes its default
     * @throws InvalidSettingException for a key that does not exist or a value that cannot be
     */
    public static AppConfig of(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> connection = new HashMap<>();
        settings.forEach(
                (key, value) -> (Connection.isKey(key) ? connection : own).put(key, value.strip()));
        for (String key : own.keySet()) {
            if (Setting.of(key).isEmpty()) {
                throw new InvalidSettingException(
                        "unknown setting %s: the nearest is %s"
                                .formatted(key, SettingsReader.nearest(key)));
            }
        }
        return new AppConfig(
                connection(connection),
                Path.of(text(own, Setting.STATE_DIR)),
                parts(value(own, Setting.ONLY)),
                http(text(own, Setting.HTTP_LISTEN)),
                (int) number(own, Setting.NUM_STREAM_THREADS),
                guarantee(text(own, Setting.PROCESSING_GUARANTEE)),
                Duration.ofMillis(number(own, Setting.COMMIT_INTERVAL_MS)),
                (int) number(own, Setting.NUM_STANDBY_REPLICAS),
                Optional.of(value(own, Setting.GROUP_INSTANCE_ID)).filter(id -> !id.isEmpty()),
                Duration.ofMillis(number(own, Setting.SESSION_TIMEOUT_MS)),
                (int) number(own, Setting.REPLICATION_FACTOR),
                Duration.ofMillis(number(own, Setting.TICK_INTERVAL_MS)),
                (int) number(own, Setting.INSIGHT_NUM_STREAM_THREADS),
                Duration.ofMillis(number(own, Setting.INSIGHT_COMMIT_INTERVAL_MS)),
                (int) number(own, Setting.STATS_MIN_SESSIONS),
                number(own, Setting.ROCKSDB_MEMORY_BYTES));
    }

    /** The same with the session timeout that the brokers allow. */
    public AppConfig withSessionTimeout(Duration allowed) {
        return new AppConfig(
                connection,
                stateDir,
                parts,
                http,
                threads,
                guarantee,
                commitInterval,
                standbyReplicas,
                instanceId,
                allowed,
                replicationFactor,
                tickInterval,
                insightThreads,
                insightCommitInterval,
                statsMinSessions,
                rocksDbMemoryBytes);
    }

    /** All settings in one line, without secrets. */
    public String masked() {
        Map<String, Object> own = new TreeMap<>();
        own.put(Setting.STATE_DIR.key(), stateDir.toAbsolutePath());
        own.put(Setting.ONLY.key(), parts.size() == 1 ? parts.iterator().next().label() : "");
        own.put(Setting.HTTP_LISTEN.key(), http.map(HostPort::toString).orElse(OFF));
        own.put(Setting.NUM_STREAM_THREADS.key(), threads);
        own.put(Setting.PROCESSING_GUARANTEE.key(), guarantee.streams());
        own.put(Setting.COMMIT_INTERVAL_MS.key(), commitInterval.toMillis());
        own.put(Setting.NUM_STANDBY_REPLICAS.key(), standbyReplicas);
        own.put(Setting.GROUP_INSTANCE_ID.key(), instanceId.orElse(""));
        own.put(Setting.SESSION_TIMEOUT_MS.key(), sessionTimeout.toMillis());
        own.put(Setting.REPLICATION_FACTOR.key(), replicationFactor);
        own.put(Setting.TICK_INTERVAL_MS.key(), tickInterval.toMillis());
        own.put(Setting.INSIGHT_NUM_STREAM_THREADS.key(), insightThreads);
        own.put(Setting.INSIGHT_COMMIT_INTERVAL_MS.key(), insightCommitInterval.toMillis());
        own.put(Setting.STATS_MIN_SESSIONS.key(), statsMinSessions);
        own.put(Setting.ROCKSDB_MEMORY_BYTES.key(), rocksDbMemoryBytes);
        return own + " " + connection;
    }

    /** For logs: never the record's own, which would print what {@link #masked} hides. */
    @Override
    public String toString() {
        return masked();
    }

    private static Set<Part> parts(String only) {
        if (only.isEmpty()) {
            return EnumSet.allOf(Part.class);
        }
        return EnumSet.of(
                Part.of(only)
                        .orElseThrow(
                                () ->
                                        new InvalidSettingException(
                                                Setting.ONLY.key()
                                                        + " must be allocation or insight, not "
                                                        + only)));
    }

    private static Connection connection(Map<String, String> settings) {
        try {
            return Connection.of(settings);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(e.getMessage(), e);
        }
    }

    private static Optional<HostPort> http(String value) {
        if (value.equals(OFF)) {
            return Optional.empty();
        }
        try {
            return Optional.of(HostPort.parse(value));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    Setting.HTTP_LISTEN.key()
                            + " must be HOST:PORT, such as 127.0.0.1:8080, or off, not "
                            + value,
                    e);
        }
    }

    private static Guarantee guarantee(String value) {
        for (Guarantee guarantee : Guarantee.values()) {
            if (guarantee.streams().equals(value)) {
                return guarantee;
            }
        }
        throw new InvalidSettingException(
                Setting.PROCESSING_GUARANTEE.key()
                        + " must be exactly_once_v2 or at_least_once, not "
                        + value);
    }

    private static String value(Map<String, String> settings, Setting setting) {
        return settings.getOrDefault(setting.key(), setting.defaultValue());
    }

    private static String text(Map<String, String> settings, Setting setting) {
        String value = value(settings, setting);
        if (value.isEmpty()) {
            throw new InvalidSettingException(setting.key() + " is empty");
        }
        return value;
    }

    private static long number(Map<String, String> settings, Setting setting) {
        String value = text(settings, setting);
        try {
            long number = Long.parseLong(value);
            boolean large = setting == Setting.ROCKSDB_MEMORY_BYTES;
            return large ? number : Math.toIntExact(number);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new InvalidSettingException(
                    setting.key() + " must be a whole number, not " + value, e);
        }
    }

    private static void check(Setting setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidSettingException(
                    "%s must be %d to %d, not %d".formatted(setting.key(), least, most, value));
        }
    }
}
