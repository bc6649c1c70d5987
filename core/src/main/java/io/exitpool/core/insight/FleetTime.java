package io.exitpool.core.insight;

/**
 * How far the fleet's windows have come. Milliseconds since 1970.
 *
 * @param first when the first server became known; windows that begin less than a minute after that
 *     are told of servers only
 * @param now the latest time that any partition or window told
 * @param minutesClosed short windows that end up to here are closed
 * @param hoursClosed long windows that end up to here are closed
 */
public record FleetTime(long first, long now, long minutesClosed, long hoursClosed) {}
