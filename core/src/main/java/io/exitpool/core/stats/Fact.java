package io.exitpool.core.stats;

import io.exitpool.core.decision.Outcome;
import java.util.OptionalLong;

/**
 * A decision as statistics see it: without its session.
 *
 * @param number the decision's number; one above that of the server's decision before
 * @param time append time of the record that it answers, in milliseconds since 1970
 * @param lagMillis how long that record had waited to be decided
 */
public record Fact(long number, long time, OptionalLong lagMillis, Outcome outcome) {}
