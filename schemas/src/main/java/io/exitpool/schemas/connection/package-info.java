/**
 * Where Kafka and the schema registry are, how a command line, the environment and a file say so,
 * and how a topic is read with it.
 */
package io.exitpool.schemas.connection;
