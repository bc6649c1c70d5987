/**
 * The simulated fleet: exit servers with real agents, driven by the {@link
 * io.exitpool.demo.workload workload} on one thread, and what they truly hold, to be compared with
 * what the allocator says.
 */
package io.exitpool.demo.fleet;
