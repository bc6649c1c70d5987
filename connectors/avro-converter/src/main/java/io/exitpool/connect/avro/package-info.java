/**
 * Kafka Connect's view of Exitpool's records: {@link io.exitpool.connect.avro.AvroConverter} asks
 * the registry for the writer's schema ({@code WriterSchemas}), translates it ({@code
 * SchemaLayout}) and then each value ({@code ValueLayout}). The layout is that of Confluent's
 * converter, so that a connector written for one runs with the other.
 */
package io.exitpool.connect.avro;
