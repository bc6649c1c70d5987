/**
 * What is counted of pools, and what follows from it: values and pure functions.
 *
 * <p>A {@link io.exitpool.core.stats.Fact} is a decision as statistics see it; {@link
 * io.exitpool.core.stats.WindowStats} are the figures of one window, of a server or merged from
 * many; {@link io.exitpool.core.stats.Histogram} holds times so that they can be merged; {@link
 * io.exitpool.core.stats.Load} and {@link io.exitpool.core.stats.ErlangB} say what size a pool
 * needs; {@link io.exitpool.core.stats.Figures} has the ratios that dashboards show. The machines
 * that make windows of decisions are in {@code io.exitpool.core.insight}.
 */
package io.exitpool.core.stats;
