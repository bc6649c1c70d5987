package io.exitpool.core.pool;

/**
 * What is kept of a lease.
 *
 * @param slot id of the slot
 * @param epoch the epoch in which it was granted
 * @param seq the event that it answered
 * @param grantedAt whole seconds since 1970
 * @param decided number of the decision that granted it
 */
public record LeaseRow(int slot, long epoch, long seq, long grantedAt, long decided) {}
