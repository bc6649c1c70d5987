package io.exitpool.bench.latency;

import io.exitpool.bench.latency.Question.Kind;
import io.exitpool.bench.load.Event;
import io.exitpool.bench.load.EventWriter;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The load on one running application, from this Java machine: a producer as the agents have it, a
 * reader of committed answers, and the books between them.
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
    private final long app;

    /** Connects to an application that is at work; what its lane has to begin with is sent. */
    Load(Broker broker, App app, Lane lane) {
        this.lane = lane;
        this.broker = broker.pid();
        this.app = app.pid();
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
     * the answers.
     *
     * @param seed of the times at which events are due
     */
    Sample run(int rate, Duration settle, Duration measured, long seed) {
        long start = clock.nanos();
        long from = start + settle.toNanos();
        long to = from + measured.toNanos();
        recorder.measure(from, to);
        Pacer pacer = new Pacer(clock, new Arrivals(rate, seed), start);
        pacer.until(from, this::send);
        lateMicros.reset();
        CpuMeter meter = CpuMeter.start(broker, app);
        pacer.until(to, this::send);
        double seconds = (clock.nanos() - from) / NANOS_PER_SECOND;
        Cpu cpu = meter.stop();
        int lost = unansweredAfter(ANSWERED_WITHIN);
        Sample sample =
                new Sample(
                        Waits.of(recorder.micros()),
                        Waits.of(lateMicros),
                        lateMicros.getTotalCount() / seconds,
                        lost,
                        recorder.refused(),
                        cpu);
        unansweredAfter(DRAINED_WITHIN);
        writer.flush();
        return sample;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private void send(long due) {
        Event event = lane.stream().next();
        event.session()
                .ifPresent(session -> recorder.asked(Question.of(session, kind(event)), due));
        lateMicros.recordValue(Math.min(LONGEST_MICROS, (clock.nanos() - due) / NANOS_PER_MICRO));
        writer.send(event);
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
