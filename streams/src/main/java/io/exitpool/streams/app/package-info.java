/**
 * The program: {@link io.exitpool.streams.app.AllocationApp} starts the topology with everything
 * around it and stops it again, {@link io.exitpool.streams.app.RunCommand} is its command line.
 */
package io.exitpool.streams.app;
