/**
 * What the application takes of a machine's memory with full pools: {@link
 * io.exitpool.bench.memory.MemoryCommand}.
 */
package io.exitpool.bench.memory;
