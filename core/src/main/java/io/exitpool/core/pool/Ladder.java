package io.exitpool.core.pool;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a dry pool does before it rejects, in this order; an empty rung is left out.
 *
 * @param shortenRestToMillis hard floor of the rest
 * @param shareUpTo cap-max: sessions that a slot carries when the pool is dry
 */
public record Ladder(OptionalLong shortenRestToMillis, OptionalInt shareUpTo) {
    public static final Ladder NONE = new Ladder(OptionalLong.empty(), OptionalInt.empty());
}
