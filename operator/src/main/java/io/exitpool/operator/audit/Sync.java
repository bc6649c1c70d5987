package io.exitpool.operator.audit;

import java.util.OptionalLong;

/**
 * Whether an epoch's first complete snapshot had come.
 *
 * @param beganAt offset of the epoch's first event that was read
 * @param at time of its last complete snapshot so far
 */
record Sync(long beganAt, OptionalLong at) {}
