package io.exitpool.connect.dns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Writes the PTR records of exit addresses to a name server as decisions grant and release them.
 * Subscribe it to {@code exit-pool-decisions} and {@code exit-pool-configs}: releases name a slot,
 * and after a restart only the configurations say which addresses that is.
 */
public final class ReverseDnsSinkConnector extends SinkConnector {

    private Map<String, String> settings = Map.of();

    @Override
    public void start(Map<String, String> props) {
        new ReverseDnsConfig(props);
        settings = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ReverseDnsSinkTask.class;
    }

    /** The rates are the connector's: each task gets its share. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        Map<String, String> shared = new HashMap<>(settings);
        ReverseDnsConfig config = new ReverseDnsConfig(settings);
        for (String rate :
                List.of(
                        ReverseDnsConfig.CHANGES_PER_SECOND,
                        ReverseDnsConfig.MESSAGES_PER_SECOND)) {
            shared.put(rate, String.valueOf(Math.max(1, config.getInt(rate) / maxTasks)));
        }
        return Stream.generate(() -> shared).limit(maxTasks).toList();
    }

    @Override
    public void stop() {
        // Nothing runs here.
    }

    @Override
    public ConfigDef config() {
        return ReverseDnsConfig.definition();
    }

    @Override
    public String version() {
        String version = ReverseDnsSinkConnector.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
