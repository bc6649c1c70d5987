package io.exitpool.connect.alerts;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Shows alerts to Prometheus' Alertmanager, by its API v2. One task, whatever {@code tasks.max}
 * says: the topic has one partition, so that alerts have one order.
 */
public final class AlertmanagerSinkConnector extends SinkConnector {
    private Map<String, String> settings = Map.of();

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public ConfigDef config() {
        return AlertmanagerConfig.DEFINITION;
    }

    @Override
    public Config validate(Map<String, String> proposed) {
        return SinkSettings.check(super.validate(proposed), proposed, AlertmanagerConfig::new);
    }

    @Override
    public void start(Map<String, String> chosen) {
        settings = Map.copyOf(chosen);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AlertmanagerSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(settings);
    }

    @Override
    public void stop() {}
}
