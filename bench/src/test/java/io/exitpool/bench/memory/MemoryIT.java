package io.exitpool.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole of it with small pools. */
class MemoryIT {
    @TempDir private Path directory;

    @Test
    void shouldTellWhatEmptyAndFullPoolsTakeWithAndWithoutInsight() throws Exception {
        // given
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                new CommandLine(new MemoryCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err));

        // when
        int code = command.execute("--shapes", "20x10", "--json", "--dir", directory.toString());

        // then
        assertThat(code).as(err::toString).isZero();
        JsonNode results = new ObjectMapper().readTree(out.toString()).at("/results");
        assertThat(results).hasSize(2);
        assertThat(results.at("/0/parts").asText()).isEqualTo("allocation");
        assertThat(results.at("/1/parts").asText()).isEqualTo("with insight");
        for (JsonNode result : results) {
            assertThat(result.at("/slots").asInt()).isEqualTo(200);
            assertThat(result.at("/leases").asInt()).isEqualTo(120);
            assertSane(result.at("/empty"));
            assertSane(result.at("/full"));
        }
    }

    @Test
    void shouldRefuseAShapeThatIsNone() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new MemoryCommand()).setErr(new PrintWriter(err));

        assertThat(command.execute("--shapes", "700")).isEqualTo(2);
        assertThat(err.toString()).contains("such as 700x91, not 700");
    }

    private static void assertSane(JsonNode sample) {
        long resident = sample.at("/residentBytes").asLong();
        assertThat(sample.at("/peakBytes").asLong()).isGreaterThanOrEqualTo(resident);
        assertThat(sample.at("/heapBytes").asLong()).isPositive().isLessThan(resident);
        assertThat(sample.at("/metaspaceBytes").asLong()).isPositive().isLessThan(resident);
        assertThat(sample.at("/threads").asInt()).isPositive();
    }
}
