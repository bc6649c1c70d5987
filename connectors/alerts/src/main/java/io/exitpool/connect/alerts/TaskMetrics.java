package io.exitpool.connect.alerts;

import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/** What a task counts. The worker names the connector and the task beside each figure. */
final class TaskMetrics {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final PluginMetrics metrics;

    TaskMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
        gauge("alerts-sent-total", "Alerts that a peer accepted, repeats included.", sent::get);
        gauge("requests-failed-total", "Requests that a peer did not accept.", failed::get);
        gauge("dead-letters-total", "Records that will never be sent.", deadLetters::get);
    }

    /** A figure that somebody else knows. */
    void gauge(String name, String description, LongSupplier value) {
        MetricName metric = metrics.metricName(name, description, new LinkedHashMap<>());
        metrics.addMetric(metric, (Gauge<Long>) (config, now) -> value.getAsLong());
    }

    void sent(int alerts) {
        sent.addAndGet(alerts);
    }

    void failed() {
        failed.incrementAndGet();
    }

    void deadLetter() {
        deadLetters.incrementAndGet();
    }
}
