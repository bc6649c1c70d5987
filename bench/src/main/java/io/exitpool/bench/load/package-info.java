/** Fleets, their configurations, and the events that their agents would send. */
package io.exitpool.bench.load;
