package io.exitpool.streams.insight;

import static io.exitpool.streams.insight.InsightTopology.WRITE_ALERTS;
import static io.exitpool.streams.insight.InsightTopology.WRITE_FLEET_STATS_1H;
import static io.exitpool.streams.insight.InsightTopology.WRITE_FLEET_STATS_1M;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.core.alert.Alert;
import io.exitpool.core.alert.AlertKey;
import io.exitpool.core.alert.AlertKind;
import io.exitpool.core.alert.ClosedAlert;
import io.exitpool.core.alert.DeskSink;
import io.exitpool.core.alert.QuietServer;
import io.exitpool.core.alert.StandingAlert;
import io.exitpool.core.insight.FleetSink;
import io.exitpool.core.insight.FleetTime;
import io.exitpool.core.insight.KnownServer;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.AlertCodec;
import io.exitpool.streams.codec.FleetKey;
import io.exitpool.streams.codec.StateCodec;
import io.exitpool.streams.codec.StatsCodec;
import io.exitpool.streams.store.RowStore;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Holds back what one signal changed in the second stage until windows and alerts are done with it.
 */
final class FleetOutbox implements FleetSink, DeskSink {
    private final StatsCodec stats;
    private final StateCodec states;
    private final InsightMonitor monitor;
    private final long minute;
    private final Serializer<PoolStats> minutes;
    private final Serializer<PoolStats> hours;
    private final Serializer<io.exitpool.schemas.Alert> alerts;

    private final Outgoing outgoing = new Outgoing();
    private long time;

    FleetOutbox(InsightParts parts, StateCodec states) {
        this.states = states;
        stats = new StatsCodec(parts.stats().k());
        monitor = parts.monitor();
        minute = parts.stats().minuteMillis();
        minutes = parts.wire().serde(Topics.FLEET_STATS_1M).serializer();
        hours = parts.wire().serde(Topics.FLEET_STATS_1H).serializer();
        alerts = parts.wire().serde(Topics.POOL_ALERTS).serializer();
    }

    /** A new signal is at hand. */
    void begin(Record<byte[], byte[]> record) {
        outgoing.clear();
        time = record.timestamp();
    }

    void write(RowStore store) {
        outgoing.write(store);
    }

    void forward(ProcessorContext<byte[], byte[]> context) {
        outgoing.forward(context);
    }

    @Override
    public void known(String server, KnownServer known) {
        keep(FleetKey.known(server), known);
    }

    @Override
    public void knownGone(String server) {
        drop(FleetKey.known(server));
    }

    @Override
    public void kept(WindowStats member) {
        keep(FleetKey.waiting(member.key(), member.window()), member);
    }

    @Override
    public void keptGone(String server, Window window) {
        drop(FleetKey.waiting(server, window));
    }

    @Override
    public void time(FleetTime now) {
        keep(FleetKey.time(), now);
    }

    @Override
    public void window(WindowStats group) {
        boolean isMinute = group.window().length() == minute;
        byte[] value =
                isMinute
                        ? minutes.serialize(Topics.FLEET_STATS_1M.name(), stats.encode(group))
                        : hours.serialize(Topics.FLEET_STATS_1H.name(), stats.encode(group));
        outgoing.answer(
                isMinute ? WRITE_FLEET_STATS_1M : WRITE_FLEET_STATS_1H,
                new Record<>(group.key().getBytes(UTF_8), value, group.window().end()));
    }

    @Override
    public void alert(Alert alert) {
        byte[] value = alerts.serialize(Topics.POOL_ALERTS.name(), AlertCodec.encode(alert));
        outgoing.answer(
                WRITE_ALERTS,
                new Record<>(
                        FleetKey.record(alert.server(), alert.kind()),
                        value,
                        alert.resolvedAt().orElse(time)),
                () -> monitor.alert(alert));
    }

    @Override
    public void tombstone(String server, AlertKind kind) {
        outgoing.answer(WRITE_ALERTS, new Record<>(FleetKey.record(server, kind), null, time));
    }

    @Override
    public void standing(StandingAlert row) {
        keep(FleetKey.standing(row.key()), row);
    }

    @Override
    public void standingGone(AlertKey key) {
        drop(FleetKey.standing(key));
    }

    @Override
    public void quiet(QuietServer row) {
        keep(FleetKey.quiet(row.server()), row);
    }

    @Override
    public void quietGone(String server) {
        drop(FleetKey.quiet(server));
    }

    @Override
    public void closed(ClosedAlert row) {
        keep(FleetKey.closed(row.key()), row);
    }

    @Override
    public void closedGone(AlertKey key) {
        drop(FleetKey.closed(key));
    }

    private void keep(byte[] key, Object value) {
        outgoing.row(key, states.encode(value));
    }

    private void drop(byte[] key) {
        outgoing.row(key, null);
    }
}
