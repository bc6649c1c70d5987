package io.exitpool.connect.alerts;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * What both connectors do alike: they check their settings and start one task, whatever {@code
 * tasks.max} says, because the topic has one partition, so that alerts have one order.
 */
abstract class AlertSinkConnector extends SinkConnector {
    private final ConfigDef definition;
    private final Function<Map<String, String>, ? extends AbstractConfig> reader;
    private final Class<? extends Task> task;
    private Map<String, String> settings = Map.of();

    AlertSinkConnector(
            ConfigDef definition,
            Function<Map<String, String>, ? extends AbstractConfig> reader,
            Class<? extends Task> task) {
        this.definition = definition;
        this.reader = reader;
        this.task = task;
    }

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public ConfigDef config() {
        return definition;
    }

    @Override
    public Config validate(Map<String, String> proposed) {
        return SinkSettings.check(super.validate(proposed), proposed, reader);
    }

    @Override
    public void start(Map<String, String> chosen) {
        settings = Map.copyOf(chosen);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return task;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(settings);
    }

    @Override
    public void stop() {}
}
