/**
 * Between news and messages: {@link io.exitpool.connect.dns.change.Coalescer} keeps the last wish
 * of each address, {@link io.exitpool.connect.dns.change.Sender} sends the ripe ones in batches, no
 * faster than the name server should bear and no matter how often it fails. Time comes in as an
 * argument.
 */
package io.exitpool.connect.dns.change;
