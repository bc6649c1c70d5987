package io.exitpool.core.pool;

import java.util.Optional;

/**
 * What an operator says of a pool for its statistics; no rule of the pool reads it.
 *
 * @param blocking share of starts that may be rejected, above 0 and below 1: size and alerts are
 *     judged by it
 * @param country overrides the country in the server's name
 * @param city overrides the city in the server's name
 */
public record Targets(double blocking, Optional<String> country, Optional<String> city) {
    /** One start in a thousand, and places as the names have them. */
    public static final Targets DEFAULT = new Targets(0.001, Optional.empty(), Optional.empty());

    public Targets {
        if (!(blocking > 0 && blocking < 1)) {
            throw new IllegalArgumentException(
                    "targetBlocking is not above 0 and below 1: " + blocking);
        }
    }
}
