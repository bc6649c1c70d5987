/** A schema registry with Confluent's REST API in this JVM, for the demo and for tests. */
package io.exitpool.demo.registry;
