/**
 * What an operator can set. {@link io.exitpool.streams.config.Setting} lists it, {@link
 * io.exitpool.streams.config.SettingsReader} puts options, environment, file and defaults together,
 * {@link io.exitpool.streams.config.AppConfig} is the result, checked, and {@link
 * io.exitpool.streams.config.StreamsSettings} what Kafka Streams is told.
 */
package io.exitpool.streams.config;
