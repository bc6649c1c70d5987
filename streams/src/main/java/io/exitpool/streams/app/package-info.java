/**
 * The program: {@link io.exitpool.streams.app.ExitpoolApp} starts the topologies with everything
 * around them and stops them again, {@link io.exitpool.streams.app.RunCommand} is its command line.
 */
package io.exitpool.streams.app;
