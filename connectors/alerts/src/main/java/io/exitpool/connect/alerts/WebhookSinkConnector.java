package io.exitpool.connect.alerts;

/** Posts alerts as JSON to an address. */
public final class WebhookSinkConnector extends AlertSinkConnector {

    /** For the worker. */
    public WebhookSinkConnector() {
        super(WebhookConfig.DEFINITION, WebhookConfig::new, WebhookSinkTask.class);
    }
}
