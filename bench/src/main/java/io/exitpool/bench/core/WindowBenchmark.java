package io.exitpool.bench.core;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.insight.PartitionStats;
import io.exitpool.core.insight.ServerSnapshot;
import io.exitpool.core.insight.Signal;
import io.exitpool.core.insight.StatsSink;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An hour of one server in the statistics, per decision: with its share of a status for every ten,
 * of sixty minutes that close, and of the hour that closes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class WindowBenchmark {
    private final DecidedHour hour = new DecidedHour();

    @Benchmark
    @OperationsPerInvocation(DecidedHour.DECISIONS)
    public void decision(Blackhole blackhole) {
        hour.tell(
                new PartitionStats(
                        StatsSettings.DEFAULT,
                        AlertSettings.DEFAULT,
                        0,
                        new ConsumingStatsSink(blackhole)));
    }

    /** Keeps and tells nothing. */
    private static final class ConsumingStatsSink implements StatsSink {
        private final Blackhole blackhole;

        ConsumingStatsSink(Blackhole blackhole) {
            this.blackhole = blackhole;
        }

        @Override
        public void fact(String server, int place, long entry, Fact fact) {
            blackhole.consume(fact);
        }

        @Override
        public void status(String server, int place, long entry, PoolStatus status) {
            blackhole.consume(status);
        }

        @Override
        public void journalGone(String server, int fromPlace, int toPlaceExclusive) {
            blackhole.consume(toPlaceExclusive);
        }

        @Override
        public void snapshot(String server, ServerSnapshot snapshot) {
            blackhole.consume(snapshot);
        }

        @Override
        public void serverGone(String server) {
            blackhole.consume(server);
        }

        @Override
        public void window(WindowStats stats) {
            blackhole.consume(stats);
        }

        @Override
        public void signal(Signal signal) {
            blackhole.consume(signal);
        }
    }
}
