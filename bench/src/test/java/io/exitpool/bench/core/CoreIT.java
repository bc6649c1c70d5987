package io.exitpool.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The benchmarks end to end, each for a second: figures prove nothing here, garbage does. */
class CoreIT {

    @Test
    void shouldFindNoGarbageBeyondTheDecisions() throws IOException {
        JsonNode report =
                run("--what", "PAIRS,WINDOWS", "--slots", "8", "--placement", "UNIFORM_RANDOM");

        assertThat(report.get("pools")).hasSize(4);
        for (JsonNode pool : report.get("pools")) {
            assertThat(pool.get("nanos").asDouble()).as("%s", pool).isPositive();
            // The plain books are a hash map, which makes some.
            if (!pool.get("event").asText().equals("start and end, plain books")) {
                assertThat(pool.get("garbage").asDouble()).as("%s", pool).isCloseTo(0, within(1.0));
            }
        }
        assertThat(report.get("windows").get(0).get("bytes").asDouble()).isPositive();
    }

    @Test
    void shouldSayWhatIsWrongWithAnOption() {
        StringWriter err = new StringWriter();
        CommandLine command = command().setErr(new PrintWriter(err));

        assertThat(command.execute("--slots", "1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--slots is at least 2, not 1");
        assertThat(command.execute("--slots", "65537")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--slots is at most 65536, not 65537");
    }

    private static JsonNode run(String... options) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine command = command().setOut(new PrintWriter(out));
        String[] all = {"--json", "--forks", "1", "--warm-up", "1", "--seconds", "1"};
        String[] arguments = new String[all.length + options.length];
        System.arraycopy(all, 0, arguments, 0, all.length);
        System.arraycopy(options, 0, arguments, all.length, options.length);
        assertThat(command.execute(arguments)).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private static CommandLine command() {
        return new CommandLine(new CoreCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
