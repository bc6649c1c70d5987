package io.exitpool.core.pool;

/**
 * What is kept of a slot that lost a session.
 *
 * @param releasedAt when it did, in milliseconds since 1970; its rest began then if it emptied
 * @param reported the agent itself vouched that the address is out of use
 * @param epoch the server's epoch at that time, or 0 when there was none
 * @param seq the last event that the pool had seen of that epoch
 * @param decided number of the decision that released it
 */
public record SlotRow(long releasedAt, boolean reported, long epoch, long seq, long decided) {}
