/**
 * What others do with the same sessions: a database and a key-value store that allocate and log as
 * well as each of them can, and Exitpool, all driven by the same closed loop on the same machine.
 * {@link io.exitpool.bench.peers.Peer} is what is compared, {@link
 * io.exitpool.bench.peers.ClosedLoop} drives it, {@link io.exitpool.bench.peers.Books} checks its
 * answers.
 */
package io.exitpool.bench.peers;
