package io.exitpool.core.insight;

import io.exitpool.core.stats.Place;

/**
 * A server that the fleet counts on.
 *
 * @param since windows that end later are expected of it, in milliseconds since 1970
 */
public record KnownServer(Place place, long since) {}
