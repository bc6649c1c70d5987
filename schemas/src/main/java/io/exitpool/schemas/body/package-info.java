/**
 * A value's body, Avro's binary encoding, written and read field by field: for the few values that
 * every event costs, in place of the generated objects. Neither Kafka nor a registry is here.
 */
package io.exitpool.schemas.body;
