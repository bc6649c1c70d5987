package io.exitpool.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SettingsReaderTest {

    @Test
    void shouldPreferOptionsToEnvironmentToFileToDefault() {
        Map<String, String> file =
                Map.of(
                        "commit.interval.ms", "21",
                        "num.stream.threads", "2",
                        "state.dir", "of-file");
        Map<String, String> environment =
                Map.of("EXITPOOL_NUM_STREAM_THREADS", "3", "EXITPOOL_STATE_DIR", "of-environment");
        Map<Setting, String> options = Map.of(Setting.STATE_DIR, "of-option");

        AppConfig config = SettingsReader.read(file, environment, options);

        assertThat(config.stateDir()).hasToString("of-option");
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.commitInterval()).hasMillis(21);
        assertThat(config.standbyReplicas()).isZero();
    }

    @Test
    void shouldWarnOfAVariableThatSetsNothing() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(SettingsReader.class);
        logger.addAppender(log);

        SettingsReader.read(
                Map.of(),
                Map.of(
                        "EXITPOOL_STATEDIR", "/x",
                        "EXITPOOL_BOOTSTRAP_SERVERS", "localhost:9092",
                        "EXITPOOL_KAFKA_SECURITY_PROTOCOL", "SSL",
                        "HOME", "/root"),
                Map.of());

        logger.detachAppender(log);
        assertThat(log.list)
                .singleElement()
                .satisfies(
                        event ->
                                assertThat(event.getFormattedMessage())
                                        .isEqualTo(
                                                "EXITPOOL_STATEDIR sets nothing here; the nearest"
                                                        + " is EXITPOOL_STATE_DIR"));
    }
}
