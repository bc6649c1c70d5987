/**
 * Exitpool as people run it: the packaged image and {@code docker-compose.yml} on a real engine.
 * {@link io.exitpool.containers.Docker} is the command line that people type, {@link
 * io.exitpool.containers.ExitpoolImage} builds the image once, {@link
 * io.exitpool.containers.ContainerStack} is broker, registry and instances on a network of their
 * own, {@link io.exitpool.containers.ComposeProject} a project of the compose file. {@link
 * io.exitpool.containers.NeedsEngine} says what happens where no engine answers.
 */
package io.exitpool.containers;
