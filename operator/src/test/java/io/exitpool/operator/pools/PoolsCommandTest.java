package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.topics.TopicsCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands answer without Kafka: usage, refusals, and that it is not there. */
class PoolsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    static Stream<String> commands() {
        return new CommandLine(new PoolsCommand()).getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldHelp(String command) {
        // when
        int code = pools(command, "--help");

        // then
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("Usage: pools " + command)
                .contains("--bootstrap", "Exit codes:", "cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "apply",
                "apply --file",
                "show",
                "set-aside a 192.0.2.1",
                "set-aside a --reason r",
                "set-aside a 192.0.2.1 --reason r --cause whim",
                "set-aside a 192.0.2.300 --reason r",
                "restore a here --reason r",
                "release a b",
                "drain",
                "apply -f /nowhere/pools.yaml --bootstrap localhost:1",
                "apply -f /nowhere/pools.yaml --wait=soon"
            })
    void shouldRefuseWrongUsage(String arguments) {
        // when
        int code = pools(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        // then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: pools");
    }

    @Test
    void shouldNameAllThatIsWrongWithAFileWithoutKafka() throws IOException {
        // given
        Path file = directory.resolve("pools.yaml");
        Files.writeString(file, "servers:\n  a:\n    cap: 0\n    v4: [192.0.2.300]\n");

        // when
        int code = pools("apply", "-f", file.toString());

        // then
        assertThat(code).isEqualTo(1);
        assertThat(err)
                .hasToString(
                        String.format(
                                "line 3: servers.a.cap: is 1 to 1024 sessions, not 0%n"
                                        + "line 4: servers.a.v4[0]: '192.0.2.300' is not an IP"
                                        + " address%n"));
        assertThat(out).hasToString(String.format("Refused: nothing was written.%n"));
    }

    @Test
    void shouldNameThemAsJson() throws IOException {
        // given
        Path file = directory.resolve("pools.yaml");
        Files.writeString(file, "servers: {}");

        // when
        int code = pools("apply", "--json", "-f", file.toString());

        // then
        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"outcome\" : \"REFUSED\"")
                .contains("\"path\" : \"servers\"")
                .contains("names no server");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSayThatKafkaIsNotThere() throws IOException {
        // given: a port that nobody listens on
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path config = directory.resolve("kafka.properties");
        Files.writeString(
                config, "kafka.default.api.timeout.ms=500\nkafka.request.timeout.ms=400\n");
        String brokers = "localhost:" + port;

        // when
        int list = pools("list", "--bootstrap", brokers, "--config", config.toString());
        int create =
                run(
                        new CommandLine(new TopicsCommand()),
                        "create",
                        "--bootstrap",
                        brokers,
                        "--config",
                        config.toString());

        // then
        assertThat(list).isEqualTo(3);
        assertThat(create).isEqualTo(3);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("Kafka at " + brokers + ": ")
                                        .endsWith(". Check --bootstrap and --config"));
    }

    private int pools(String... arguments) {
        return run(new CommandLine(new PoolsCommand()), arguments);
    }

    private int run(CommandLine line, String... arguments) {
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
