/**
 * The demo: everything in one JVM. {@link io.exitpool.demo.DemoCommand} is the command line, {@link
 * io.exitpool.demo.FleetDemo} the simulated fleet's run, {@link io.exitpool.demo.DumpDemo} the
 * replay of a capture; both stand on {@link io.exitpool.demo.stack}.
 */
package io.exitpool.demo;
