/**
 * The allocation: one topology, one processor, one store. {@link
 * io.exitpool.streams.allocation.AllocationTopology} is the table of contents; the processor reads
 * a record, lets the pools decide, writes the rows that changed and forwards the answers, in that
 * order. What cannot be read becomes a {@link io.exitpool.streams.input.DeadLetter}.
 */
package io.exitpool.streams.allocation;
