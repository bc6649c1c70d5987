package io.exitpool.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole of it with few leases. Its figures say nothing but that they are there. */
class RecoveryIT {
    private static final int LEASES = 1_000;

    @TempDir private Path directory;

    @Test
    void shouldMeasureAKilledInstanceThatIsStartedAgainWithoutItsDirectory() throws Exception {
        JsonNode report = run("--wiped", "--named");

        assertThat(report.at("/ending").asText()).isEqualTo("WIPED");
        JsonNode result = report.at("/results/0");
        assertThat(result.at("/leases").asInt()).isEqualTo(LEASES);
        assertThat(result.at("/kept").asInt()).isEqualTo(LEASES);
        assertThat(result.at("/rounds/0/partitions").asInt()).isEqualTo(RecoveryRun.PARTITIONS);
        assertThat(result.at("/changelogBytesPerLease").asDouble()).isPositive();
        assertThat(result.at("/stateBytesPerLease").asDouble()).isPositive();
        assertOrdered(result);
    }

    @Test
    void shouldMeasureAStandbyThatTakesOver() throws Exception {
        JsonNode report = run("--standby", "--set", "session.timeout.ms=1500");

        assertThat(report.at("/settings/session.timeout.ms").asText()).isEqualTo("1500");
        JsonNode result = report.at("/results/0");
        assertThat(result.at("/kept").asInt()).isEqualTo(LEASES);
        assertThat(result.at("/rounds/0/partitions").asInt()).isPositive();
        assertOrdered(result);
    }

    private static void assertOrdered(JsonNode result) {
        double first = result.at("/firstDecisionSeconds").asDouble();
        assertThat(result.at("/detectedSeconds").asDouble()).isPositive();
        assertThat(result.at("/restoredSeconds").asDouble())
                .isGreaterThanOrEqualTo(result.at("/detectedSeconds").asDouble());
        assertThat(first).isPositive();
        assertThat(result.at("/allPartitionsSeconds").asDouble()).isGreaterThanOrEqualTo(first);
    }

    private JsonNode run(String... more) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                new CommandLine(new RecoveryCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));
        String[] args = {
            "--leases",
            Integer.toString(LEASES),
            "--rounds",
            "1",
            "--warm-up",
            "0",
            "--json",
            "--dir",
            directory.toString()
        };
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        assertThat(command.execute(all)).as(err::toString).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
