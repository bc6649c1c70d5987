/**
 * The machines that turn decisions and statuses into windows: plain state machines over facts, like
 * the pools themselves.
 *
 * <p>{@link io.exitpool.core.insight.PartitionStats} has the servers of one partition. Of each, a
 * {@link io.exitpool.core.insight.ServerStats} brings the two topics into one order, and a {@link
 * io.exitpool.core.insight.ServerWindows} counts in that order. What changes goes to a {@link
 * io.exitpool.core.insight.StatsSink}; what it tells the fleet is a {@link
 * io.exitpool.core.insight.Signal}. {@link io.exitpool.core.insight.FleetWindows} makes the windows
 * of the fleet, its countries and its cities of those. It is a package of its own because alerts
 * are judged by statistics, and what judges them here uses both.
 */
package io.exitpool.core.insight;
