package io.exitpool.connect.alerts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A worker as far as a task sees it; remembers what the task asked for. */
final class FakeContext implements SinkTaskContext, PluginMetrics {

    /** A record that was reported, and why. */
    record DeadLetter(SinkRecord record, String reason) {}

    final Map<TopicPartition, Long> offsets = new HashMap<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final Set<TopicPartition> paused = new HashSet<>();
    boolean deadLetterTopic = true;
    long timeout = -1;

    private final Map<String, Gauge<?>> gauges = new HashMap<>();

    /** A figure by its name. */
    long metric(String name) {
        return (Long) gauges.get(name).value(null, 0);
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> wanted) {
        offsets.putAll(wanted);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        offsets.put(partition, offset);
    }

    @Override
    public void timeout(long timeoutMs) {
        timeout = timeoutMs;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of(Told.PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {
        paused.addAll(List.of(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
        paused.removeAll(List.of(partitions));
    }

    @Override
    public void requestCommit() {}

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return deadLetterTopic
                ? (record, error) -> {
                    deadLetters.add(new DeadLetter(record, error.getMessage()));
                    return CompletableFuture.completedFuture(null);
                }
                : null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return this;
    }

    @Override
    public MetricName metricName(
            String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName metricName, MetricValueProvider<?> provider) {
        gauges.put(metricName.name(), (Gauge<?>) provider);
    }

    @Override
    public void removeMetric(MetricName metricName) {
        gauges.remove(metricName.name());
    }

    @Override
    public Sensor addSensor(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void removeSensor(String name) {
        throw new UnsupportedOperationException(name);
    }
}
