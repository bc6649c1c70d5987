/**
 * The values' bytes: Avro in the Confluent wire format (magic byte 0, the schema's id in 4 bytes,
 * the body), with the schemas in a registry. Bytes that can never be read are told apart from a
 * registry that does not answer: the first are dead letters, the second only takes time.
 */
package io.exitpool.schemas.wire;
