package io.exitpool.connect.alerts;

/** Shows alerts to Prometheus' Alertmanager, by its API v2. */
public final class AlertmanagerSinkConnector extends AlertSinkConnector {

    /** For the worker. */
    public AlertmanagerSinkConnector() {
        super(AlertmanagerConfig.DEFINITION, AlertmanagerConfig::new, AlertmanagerSinkTask.class);
    }
}
