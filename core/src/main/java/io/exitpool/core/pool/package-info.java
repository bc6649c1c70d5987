/**
 * The pool: a plain state machine over slots and leases.
 *
 * <p>{@link io.exitpool.core.pool.PartitionPools} holds the pools of one partition and its time;
 * {@link io.exitpool.core.pool.Pool} has the rules; {@link io.exitpool.core.pool.Slots} and {@link
 * io.exitpool.core.pool.Leases} are its memory; {@link io.exitpool.core.pool.Placement} is where a
 * new policy goes. What changes is handed to a {@link io.exitpool.core.pool.Sink}.
 */
package io.exitpool.core.pool;
