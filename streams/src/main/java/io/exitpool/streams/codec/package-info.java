/**
 * Avro to core and back, and nothing else: no rule, no topic, no store. {@link
 * io.exitpool.streams.codec.EventCodec} and {@link io.exitpool.streams.codec.ConfigCodec} read what
 * comes in, {@link io.exitpool.streams.codec.DecisionCodec} and {@link
 * io.exitpool.streams.codec.StatusCodec} write what goes out, {@link
 * io.exitpool.streams.codec.RowKey} and {@link io.exitpool.streams.codec.RowCodec} are the rows of
 * the store {@code pools}.
 */
package io.exitpool.streams.codec;
