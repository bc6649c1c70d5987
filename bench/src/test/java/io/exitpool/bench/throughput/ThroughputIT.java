package io.exitpool.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.bench.BenchCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ThroughputIT {

    @TempDir Path directory;

    @Test
    void shouldMeasureEveryVariantAndCheckEveryDecision() throws IOException {
        // given
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine bench =
                new CommandLine(new BenchCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));

        // when
        int exit =
                bench.execute(
                        "throughput",
                        "--json",
                        "--dir=" + directory,
                        "--servers=5",
                        "--partitions=2",
                        "--warm-up=1",
                        "--events=20000",
                        "--rounds=1");

        // then
        assertThat(exit).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/machine/processors").asInt()).isPositive();
        JsonNode result = report.at("/results/0");
        assertThat(result.get("turns")).hasSize(Variant.values().length);
        for (JsonNode turn : result.get("turns")) {
            assertThat(turn.get("eventsPerSecond").asDouble()).isPositive();
            assertThat(turn.get("decisionBytesPerEvent").asDouble()).isBetween(30.0, 200.0);
        }
        assertThat(result.at("/turns/3/decisions").asLong()).isGreaterThan(20_000);
        assertThat(result.at("/turns/4/decisions").asLong()).isGreaterThan(20_000);
        assertThat(result.at("/turns/1/changelogBytesPerEvent").asDouble())
                .isCloseTo(
                        result.at("/turns/3/changelogBytesPerEvent").asDouble(),
                        withPercentage(60));
        assertThat(result.get("ratios"))
                .allSatisfy(ratio -> assertThat(ratio.asDouble()).isPositive())
                .hasSize(4);
        assertThat(report.get("flatCost")).isEmpty();
    }
}
