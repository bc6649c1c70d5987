/** Broker, registry, schemas, topics and allocation, started in this JVM in the right order. */
package io.exitpool.demo.stack;
