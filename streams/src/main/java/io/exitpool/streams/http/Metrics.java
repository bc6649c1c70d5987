package io.exitpool.streams.http;

import io.exitpool.streams.config.Part;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** The meters of an instance: the allocation's, the JVM's, and Kafka Streams' own. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final List<KafkaStreamsMetrics> bound = new ArrayList<>();

    public Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Adds a meter that is asked whenever the meters are read. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** Adds what health says in meters, for whoever scrapes and does not ask {@code /readyz}. */
    public void bind(Health health) {
        gauge(
                "exitpool.ready",
                "1 when /readyz says ready",
                () -> health.readiness().ready() ? 1 : 0);
        gauge(
                "exitpool.behind.seconds",
                "How long ago what the slowest partition read last was written",
                () -> seconds(health.behind()));
        gauge(
                "exitpool.insight.behind.seconds",
                "The same of the statistics: the age of the latest time that they heard of",
                () -> seconds(health.insightBehind()));
        for (Part part : health.parts()) {
            Gauge.builder("exitpool.running", () -> health.isRunning(part) ? 1 : 0)
                    .description("1 when the part has restored its partitions and is at work")
                    .tag("part", part.label())
                    .register(registry);
        }
    }

    /** Adds a client's own meters, which come and go with its tasks. */
    public void bind(KafkaStreams streams) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        bound.add(metrics);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    /** In Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        bound.forEach(KafkaStreamsMetrics::close);
        garbageCollection.close();
        registry.close();
    }
}
