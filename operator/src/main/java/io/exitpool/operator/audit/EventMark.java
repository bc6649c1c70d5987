package io.exitpool.operator.audit;

/**
 * Where and when an event was read.
 *
 * @param time its append time, or that of an earlier event if append times went back
 * @param ticked how much time the partition's Ticks had covered
 */
record EventMark(Position at, long time, long ticked, long epoch, long seq, Standing standing) {}
