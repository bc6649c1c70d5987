package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.agent.wireguard.CapturedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AgentCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path dir;

    @Test
    void shouldExplainItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--dumps", "--interface", "--state-dir", "--bootstrap", "Exit codes:");
    }

    @Test
    void shouldRefuseWrongUsage() throws IOException {
        Path noCapture = Files.writeString(dir.resolve("no-capture"), "hello\n");

        assertThat(run("--server", "se-sto-wg-208")).isEqualTo(2);
        assertThat(run("--server", "SE", "--dumps", "x")).isEqualTo(2);
        assertThat(run("--server", "se-sto-wg-208", "--dumps", "x", "--interface", "wg0"))
                .isEqualTo(2);
        assertThat(run("--server", "se-sto-wg-208", "--interface", "wg0", "--fast")).isEqualTo(2);
        assertThat(run("--server", "se-sto-wg-208", "--interface", "wg0", "--poll", "0s"))
                .isEqualTo(2);
        assertThat(run("--server", "se-sto-wg-208", "--dumps", dir + "/absent")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file");
        assertThat(run("--server", "se-sto-wg-208", "--dumps", noCapture.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("no-capture: line 1: expected the interface's 4 fields");
    }

    @Test
    void shouldSayThatKafkaDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            int exit =
                    run(
                            "--server",
                            "se-sto-wg-208",
                            "--fast",
                            "--dumps",
                            CapturedData.TIMELINE.toString(),
                            "--bootstrap",
                            "localhost:" + silent.getLocalPort(),
                            "--config",
                            impatient());

            assertThat(exit).isEqualTo(3);
            assertThat(err.toString()).contains("exitpool agent: ").contains("localhost:");
        }
    }

    @Test
    void shouldReadDurationsAsPeopleWriteThem() {
        DurationConverter converter = new DurationConverter();

        assertThat(converter.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(converter.convert("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(converter.convert("90s")).isEqualTo(Duration.ofSeconds(90));
    }

    private String impatient() throws IOException {
        Path config = dir.resolve("config.properties");
        Files.writeString(
                config, "kafka.default.api.timeout.ms=1000\nkafka.request.timeout.ms=500\n");
        return config.toString();
    }

    private int run(String... arguments) {
        return new CommandLine(new AgentCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
