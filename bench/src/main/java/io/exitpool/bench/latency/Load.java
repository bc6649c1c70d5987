package io.exitpool.bench.latency;

import io.exitpool.bench.latency.Question.Kind;
import io.exitpool.bench.load.Event;
import io.exitpool.bench.load.EventWriter;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The load on one application, from this Java machine: a producer as the agents have it, a reader
 * of committed answers, and the books between them. The application is stopped with it.
 */
final class Load implements AutoCloseable {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    /** A queue that an overload left is not measured with what comes after it. */
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(60);

    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long LONGEST_MICROS = 600_000_000;
    private static final int DIGITS = 3;

    private final Clock clock = Clock.SYSTEM;
    private final Recorder recorder = new Recorder();
    private final Histogram lateMicros = new Histogram(LONGEST_MICROS, DIGITS);
    private final Lane lane;
    private final EventWriter writer;
    private final AnswerReader reader;
    private final long broker;
    private final App app;
    private final List<Cpu> cpu = new ArrayList<>();
    private double seconds;
    private int lost;

    /** Connects to an application that is at work; what its lane has to begin with is sent. */
    Load(Broker broker, App app, Lane lane) {
        this.lane = lane;
        this.broker = broker.pid();
        this.app = app;
        writer =
                new EventWriter(
                        broker.connection(),
                        lane.events(),
                        Map.of(ProducerConfig.LINGER_MS_CONFIG, "0"));
        reader = new AnswerReader(broker.connection(), lane.answers(), recorder);
        while (lane.stream().opening()) {
            writer.send(lane.stream().next());
        }
        writer.flush();
    }

    /**
     * Sends at this rate, first unmeasured, then measured, without a pause between, and waits for
     * the answers. The application does nothing before and after.
     *
     * @param seed of the times at which events are due
     */
    void run(int rate, Duration settle, Duration measured, long seed) {
        app.resume();
        long start = clock.nanos();
        long from = start + settle.toNanos();
        long to = from + measured.toNanos();
        recorder.measure(from, to);
        Pacer pacer = new Pacer(clock, new Arrivals(rate, seed), start);
        pacer.until(from, this::send);
        CpuMeter meter = CpuMeter.start(broker, app.pid());
        pacer.until(to, this::sendMeasured);
        seconds += (clock.nanos() - from) / NANOS_PER_SECOND;
        cpu.add(meter.stop());
        lost += unansweredAfter(ANSWERED_WITHIN);
        unansweredAfter(DRAINED_WITHIN);
        writer.flush();
        app.pause();
    }

    /** The application does nothing until the next {@link #run}. */
    void pause() {
        app.pause();
    }

    /** What was measured since this was last asked. */
    Sample take() {
        Sample sample =
                new Sample(
                        Waits.of(recorder.micros()),
                        Waits.of(lateMicros),
                        lateMicros.getTotalCount() / seconds,
                        lost,
                        recorder.refused(),
                        Cpu.mean(cpu));
        recorder.reset();
        lateMicros.reset();
        cpu.clear();
        seconds = 0;
        lost = 0;
        return sample;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        app.close();
    }

    private void send(long due) {
        Event event = lane.stream().next();
        event.session()
                .ifPresent(session -> recorder.asked(Question.of(session, kind(event)), due));
        writer.send(event);
    }

    private void sendMeasured(long due) {
        lateMicros.recordValue(Math.min(LONGEST_MICROS, (clock.nanos() - due) / NANOS_PER_MICRO));
        send(due);
    }

    private static Kind kind(Event event) {
        return event.kind() == Event.Kind.START ? Kind.START : Kind.END;
    }

    /** How many questions wait still; 0 as soon as none does. */
    private int unansweredAfter(Duration within) {
        long deadline = clock.nanos() + within.toNanos();
        while (true) {
            reader.check();
            int unanswered = recorder.unanswered();
            if (unanswered == 0 || clock.nanos() - deadline > 0) {
                return unanswered;
            }
            clock.sleepUntil(clock.nanos() + LOOK_AGAIN_NANOS);
        }
    }
}
