package io.exitpool.schemas.topic;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.SessionEvent;
import java.util.List;

/** The topics that Exitpool reads and writes. Their names are part of the contract with agents. */
public final class Topics {

    /** What exit servers report, and the allocator's ticks. */
    public static final Topic<SessionEvent> SESSION_EVENTS =
            new Topic<>("exit-session-events", SessionEvent.class);

    /** What operators want: one configuration per server, the latest counts. */
    public static final Topic<PoolConfig> POOL_CONFIGS =
            new Topic<>("exit-pool-configs", PoolConfig.class);

    /** What became of each session: the answers that agents apply. */
    public static final Topic<Decision> DECISIONS =
            new Topic<>("exit-pool-decisions", Decision.class);

    /** How each pool stands: one record per server, the latest counts. */
    public static final Topic<PoolStatus> POOL_STATUS =
            new Topic<>("exit-pool-status", PoolStatus.class);

    /** Statistics of each server's pool, a record a minute. */
    public static final Topic<PoolStats> POOL_STATS_1M =
            new Topic<>("exit-pool-stats-1m", PoolStats.class);

    /** The same, a record an hour. */
    public static final Topic<PoolStats> POOL_STATS_1H =
            new Topic<>("exit-pool-stats-1h", PoolStats.class);

    /** Statistics of the fleet, its countries and cities, a record a minute each. */
    public static final Topic<PoolStats> FLEET_STATS_1M =
            new Topic<>("exit-fleet-stats-1m", PoolStats.class);

    /** The same, a record an hour. */
    public static final Topic<PoolStats> FLEET_STATS_1H =
            new Topic<>("exit-fleet-stats-1h", PoolStats.class);

    /** Alerts, open and resolved, one record per server and kind: the latest counts. */
    public static final Topic<Alert> POOL_ALERTS = new Topic<>("exit-pool-alerts", Alert.class);

    /** Records that could not be read, as they were, with headers that say why. Not Avro. */
    public static final String DEAD_LETTERS = "exit-dead-letters";

    /** The same of Kafka Connect's sinks. */
    public static final String CONNECT_DEAD_LETTERS = "exit-connect-dead-letters";

    private static final List<Topic<?>> ALL =
            List.of(
                    SESSION_EVENTS,
                    POOL_CONFIGS,
                    DECISIONS,
                    POOL_STATUS,
                    POOL_STATS_1M,
                    POOL_STATS_1H,
                    FLEET_STATS_1M,
                    FLEET_STATS_1H,
                    POOL_ALERTS);

    private Topics() {}

    /** The topics whose values have a schema, in the order in which data flows through them. */
    public static List<Topic<?>> all() {
        return ALL;
    }
}
