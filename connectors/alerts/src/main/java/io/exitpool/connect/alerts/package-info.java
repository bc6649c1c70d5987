/**
 * The way from the topic of alerts to a pager, as two sinks of Kafka Connect.
 *
 * <p>Read in the order of the data: {@link io.exitpool.connect.alerts.AlertReader} makes a {@link
 * io.exitpool.connect.alerts.PoolAlert} of a record.
 *
 * <p>{@link io.exitpool.connect.alerts.AlertmanagerSinkTask} keeps all that is open on an {@link
 * io.exitpool.connect.alerts.AlertBoard} and repeats it to Prometheus' Alertmanager, which is told
 * how things stand and decides itself whom to call: {@link
 * io.exitpool.connect.alerts.AlertmanagerNotice} is the document, {@link
 * io.exitpool.connect.alerts.AlertmanagerPeers} the servers.
 *
 * <p>{@link io.exitpool.connect.alerts.WebhookSinkTask} keeps nothing: it hands on each record
 * once, in order, as a {@link io.exitpool.connect.alerts.WebhookDocument}.
 */
package io.exitpool.connect.alerts;
