/** A real Kafka broker in this JVM, for the demo and for the tests that need one. */
package io.exitpool.demo.broker;
