/**
 * How large a pool must be: from a load, from a rate and times, for a list of sizes, and for every
 * server of the fleet by its own statistics. Everything is Erlang's formula ({@link
 * io.exitpool.core.stats.ErlangB}); {@link io.exitpool.operator.plan.PlanCommand} explains it.
 */
package io.exitpool.operator.plan;
