package io.exitpool.streams.codec;

import io.exitpool.core.decision.Decision;
import java.util.OptionalLong;

/**
 * A decision as it is told.
 *
 * @param lagMillis how long the event that it answers had waited; none if nobody can say
 */
public record Told(Decision decision, OptionalLong lagMillis) {}
