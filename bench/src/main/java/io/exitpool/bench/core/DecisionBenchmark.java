package io.exitpool.bench.core;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.SessionId;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a decision itself costs: the same objects as a pool's decision, and nothing else. Its
 * session is the event's, and epoch and version of the configuration are the pool's.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class DecisionBenchmark {
    private static final int BATCH = PoolParameters.BATCH;

    private final SessionId[] sessions = PoolParameters.sessions(BATCH);
    private final OptionalLong epoch = OptionalLong.of(PoolServer.BEGIN);
    private final OptionalLong version = OptionalLong.of(1);
    private Meter measured;
    private long number = PoolServer.BEGIN * 1_000;

    @Setup(Level.Invocation)
    public void begin(Meter meter) {
        measured = meter;
        meter.begin();
    }

    @TearDown(Level.Invocation)
    public void count() {
        measured.end(BATCH);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void granted(Blackhole blackhole) {
        for (int n = 0; n < BATCH; n++) {
            number++;
            Addresses addresses = new Addresses(true, n, true, number, n);
            OptionalLong gap = OptionalLong.of(number);
            blackhole.consume(
                    decision(
                            n,
                            new Granted(
                                    n, addresses, Choice.PLACED, Rung.REGULAR, gap, 1, 0, false)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void rejected(Blackhole blackhole) {
        for (int n = 0; n < BATCH; n++) {
            number++;
            blackhole.consume(decision(n, new Rejected(RejectCause.EXHAUSTED, number, 0)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void released(Blackhole blackhole) {
        for (int n = 0; n < BATCH; n++) {
            number++;
            blackhole.consume(decision(n, new Released(n, ReleaseCause.ENDED, number, 0)));
        }
    }

    private Decision decision(int session, Outcome outcome) {
        OptionalLong itsNumber = OptionalLong.of(number);
        OptionalLong seq = OptionalLong.of(number);
        return new Decision(sessions[session], itsNumber, epoch, seq, version, outcome);
    }
}
