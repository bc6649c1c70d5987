/**
 * Broker, registry, schemas, topics, allocation and insight, started in this JVM in the right
 * order.
 */
package io.exitpool.demo.stack;
