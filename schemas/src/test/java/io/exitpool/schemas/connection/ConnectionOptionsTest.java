package io.exitpool.schemas.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ConnectionOptionsTest {

    @TempDir private Path folder;

    @Command(name = "look")
    private static final class Look {
        @Mixin private final ConnectionOptions options;

        Look(Map<String, String> environment) {
            options = new ConnectionOptions(environment);
        }
    }

    @Test
    void shouldConnectToThisMachineWhenNothingIsSaid() {
        Connection connection = connect(Map.of());

        assertThat(connection.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(connection.registryUrl()).isEqualTo("http://localhost:8081");
    }

    @Test
    void shouldPutOptionBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        // given a file that says all, an environment that says two, an option that says one
        Path file =
                file(
                        """
                        bootstrap.servers=file:9092
                        schema.registry.url=http://file:8081
                        kafka.client.id=file
                        """);
        Map<String, String> environment =
                Map.of(
                        "EXITPOOL_BOOTSTRAP_SERVERS", "environment:9092",
                        "EXITPOOL_SCHEMA_REGISTRY_URL", "http://environment:8081");

        Connection connection =
                connect(environment, "--bootstrap", "option:9092", "--config", file.toString());

        assertThat(connection.bootstrapServers()).isEqualTo("option:9092");
        assertThat(connection.registryUrl()).isEqualTo("http://environment:8081");
        assertThat(connection.admin()).containsEntry("client.id", "file");
        assertThat(connection.autoRegister()).isFalse();
    }

    @Test
    void shouldReadAnySettingFromTheEnvironment() {
        Connection connection =
                connect(
                        Map.of(
                                "EXITPOOL_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                                "EXITPOOL_SCHEMA_REGISTRY_BEARER_AUTH_TOKEN", "example",
                                "EXITPOOL_AUTO_REGISTER_SCHEMAS", "true",
                                "EXITPOOL_HOME", "not ours",
                                "KAFKA_HEAP_OPTS", "not ours either"));

        assertThat(connection.admin()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(connection.autoRegister()).isTrue();
        assertThat(connection.toString()).contains("bearer.auth.token=***");
    }

    @Test
    void shouldLeaveOtherKeysOfAFileToTheirReader() throws IOException {
        Path file = file("application.id=pools\nkafka.client.id=one\n");
        Look look = parse(Map.of(), "--config", file.toString());

        assertThat(look.options.settings())
                .isEqualTo(Map.of("application.id", "pools", "kafka.client.id", "one"));
        assertThatThrownBy(look.options::connect)
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("unknown setting application.id");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        Look look = parse(Map.of(), "--config", folder.resolve("none").toString());

        assertThatThrownBy(look.options::connect)
                .isInstanceOf(ParameterException.class)
                .hasMessage("--config: there is no file " + folder.resolve("none"));
    }

    @Test
    void shouldBeUsableWithoutACommandLine() {
        assertThatThrownBy(
                        () -> new ConnectionOptions(Map.of("EXITPOOL_KAFKA_ACKS", "1")).connect())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("kafka.acks cannot be set");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("exitpool.properties"), text);
    }

    private static Connection connect(Map<String, String> environment, String... arguments) {
        return parse(environment, arguments).options.connect();
    }

    private static Look parse(Map<String, String> environment, String... arguments) {
        Look look = new Look(environment);
        new CommandLine(look).parseArgs(arguments);
        return look;
    }
}
