/**
 * What an instance shows of itself over HTTP: {@link io.exitpool.streams.http.HttpServer} has the
 * paths, {@link io.exitpool.streams.http.Health} and {@link io.exitpool.streams.http.Metrics} say
 * how it does, {@link io.exitpool.streams.http.PoolStatuses} how every pool stands. Nothing here
 * names a session or an address.
 */
package io.exitpool.streams.http;
