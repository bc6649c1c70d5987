/**
 * A Kafka Connect sink that keeps exit addresses' PTR records in step with the decisions of {@code
 * exit-pool-decisions}. In the order the data flows: {@link
 * io.exitpool.connect.dns.ReverseDnsSinkTask} takes records, {@link
 * io.exitpool.connect.dns.decision} reads them, {@link io.exitpool.connect.dns.name} says what a
 * name should be, {@link io.exitpool.connect.dns.change} collapses and paces the changes, {@link
 * io.exitpool.connect.dns.server} sends them (RFC 2136).
 */
package io.exitpool.connect.dns;
