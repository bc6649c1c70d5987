package io.exitpool.streams.insight;

import io.exitpool.core.alert.AlertDesk;
import io.exitpool.core.alert.ClosedAlert;
import io.exitpool.core.alert.QuietServer;
import io.exitpool.core.alert.StandingAlert;
import io.exitpool.core.insight.FleetTime;
import io.exitpool.core.insight.FleetWindows;
import io.exitpool.core.insight.KnownServer;
import io.exitpool.core.insight.Signal;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.streams.codec.FleetKey;
import io.exitpool.streams.codec.StateCodec;
import io.exitpool.streams.store.RowStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The fleet's statistics and alerts in Kafka Streams: read, fold, write, forward. What they
 * remember is an image in memory of the rows in the store, made anew from them by {@link #init}.
 */
final class FleetFoldProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final InsightParts parts;
    private final StateCodec states = new StateCodec();

    private ProcessorContext<byte[], byte[]> context;
    private RowStore store;
    private FleetOutbox outbox;
    private FleetWindows windows;
    private AlertDesk desk;
    private long late;

    FleetFoldProcessor(InsightParts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        context = newContext;
        store = context.getStateStore(InsightTopology.FLEET);
        outbox = new FleetOutbox(parts, states);
        load();
        late = windows.late();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        outbox.begin(record);
        states.decode(record.value(), Signal.class).match(new Folding());
        outbox.write(store);
        outbox.forward(context);
        for (; late < windows.late(); late++) {
            parts.monitor().lateWindow();
        }
    }

    /** What each signal is for. */
    private final class Folding implements Signal.Cases {
        @Override
        public void known(Signal.Known known) {
            windows.onKnown(known);
        }

        @Override
        public void gone(Signal.Gone gone) {
            windows.onGone(gone);
            desk.onGone(gone.server(), gone.at());
        }

        @Override
        public void progress(Signal.Progress progress) {
            store.handOver();
            windows.onProgress(progress);
            desk.onTime(progress.at());
        }

        @Override
        public void closed(Signal.Closed closed) {
            windows.onClosed(closed);
        }

        @Override
        public void alerting(Signal.Alerting alerting) {
            desk.onSignal(alerting.server(), alerting.place(), alerting.at(), alerting.signal());
        }
    }

    private void load() {
        FleetWindows.Loader itsWindows = FleetWindows.load(parts.stats(), outbox);
        AlertDesk.Loader itsAlerts = AlertDesk.load(parts.desk(), outbox);
        store.forEach((key, value) -> load(itsWindows, itsAlerts, key, value));
        windows = itsWindows.finish();
        desk = itsAlerts.desk();
    }

    private void load(
            FleetWindows.Loader itsWindows, AlertDesk.Loader itsAlerts, byte[] key, byte[] value) {
        switch (FleetKey.kind(key)) {
            case KNOWN ->
                    itsWindows.known(FleetKey.name(key), states.decode(value, KnownServer.class));
            case WAITING -> itsWindows.kept(states.decode(value, WindowStats.class));
            case TIME -> itsWindows.time(states.decode(value, FleetTime.class));
            case STANDING -> itsAlerts.standing(states.decode(value, StandingAlert.class));
            case QUIET -> itsAlerts.quiet(states.decode(value, QuietServer.class));
            case CLOSED -> itsAlerts.closed(states.decode(value, ClosedAlert.class));
        }
    }
}
