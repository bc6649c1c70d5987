/**
 * JSON over HTTP, as both connectors send it: {@link io.exitpool.connect.alerts.http.HttpSettings}
 * says how to reach a peer (credentials, time-outs, TLS), {@link
 * io.exitpool.connect.alerts.http.JsonClient} posts, and an {@link
 * io.exitpool.connect.alerts.http.Answer} says what to do next. Nothing here knows alerts.
 */
package io.exitpool.connect.alerts.http;
