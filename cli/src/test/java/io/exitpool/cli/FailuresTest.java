package io.exitpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Whatever a command throws is told in one line, with the exit code that scripts go by. */
class FailuresTest {

    @Test
    void shouldSayThatKafkaDoesNotAnswer() {
        assertTold(
                new KafkaException("Failed to list", new TimeoutException("after 30 s")),
                3,
                "Kafka does not answer: Failed to list: after 30 s. Is it running? Check"
                        + " --bootstrap and --config");
    }

    @Test
    void shouldSayThatKafkaRefusesAccess() {
        assertTold(
                new SaslAuthenticationException("wrong password"),
                3,
                "Kafka refuses access: wrong password. Check --config");
    }

    @Test
    void shouldSayThatTheRegistryIsNotThere() {
        assertTold(
                new UncheckedIOException(new ConnectException("Connection refused")),
                3,
                "the schema registry cannot be used: java.net.ConnectException: Connection"
                        + " refused. Check --registry");
        assertTold(
                new IllegalStateException(new RestClientException("Unauthorized", 401, 401)),
                3,
                "the schema registry cannot be used:"
                        + " io.confluent.kafka.schemaregistry.client.rest.exceptions."
                        + "RestClientException: Unauthorized; error code: 401. Check --registry");
    }

    @Test
    void shouldSayThatASettingIsWrong() {
        assertTold(
                new KafkaException(
                        "Failed to construct", new ConfigException("Invalid value x for acks")),
                2,
                "Invalid value x for acks: check --config");
    }

    @Test
    void shouldSayThatAFileIsNotThere() {
        assertTold(new NoSuchFileException("pools.yaml"), 1, "pools.yaml");
    }

    @Test
    void shouldAskForAReportOfADefect() {
        assertTold(
                new IllegalStateException("no such state"),
                1,
                "no such state (a defect of exitpool? --debug shows the stack trace)");
    }

    private static void assertTold(Exception e, int exitCode, String message) {
        assertThat(Failures.told(e)).isEqualTo(new Failures.Told(exitCode, message));
    }
}
