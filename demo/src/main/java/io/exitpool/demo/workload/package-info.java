/**
 * What the simulated clients do, and what goes wrong, as pure functions of a seed: arrivals,
 * durations, popularity and incidents. Nothing here knows of agents, pools or Kafka, and nothing
 * depends on what the allocator decides, so the same seed gives the same workload on any machine.
 *
 * <p>Times are simulated minutes since the start of a run. The distributions are assumptions: no
 * data set of VPN session durations is public.
 */
package io.exitpool.demo.workload;
