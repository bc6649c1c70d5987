/**
 * The name server: {@link io.exitpool.connect.dns.server.TcpNameServer} speaks to it, {@link
 * io.exitpool.connect.dns.server.Ruling} says what its answers mean and what to do.
 */
package io.exitpool.connect.dns.server;
