package io.exitpool.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

    private static final Path HISTORY = Path.of("history");

    static Stream<Topic<?>> topics() {
        return Topics.all().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldKeepEveryVersion(Topic<?> topic) throws IOException {
        SchemaHistory history = history(topic);
        Schema current = topic.schema();

        if (!history.endsWith(current)) {
            Path proposal = Path.of("target").resolve(history.next());
            Files.createDirectories(proposal.getParent());
            Files.writeString(proposal, SchemaFormatter.format("json/pretty", current) + "\n");

            assertThat(history.endsWith(current))
                    .as(
                            "The schema of %s is not the newest one kept. If the change is meant,"
                                    + " keep it as a new version; a version that no release had"
                                    + " yet may be replaced instead:%n"
                                    + "    mkdir -p schemas/%s && cp schemas/%s schemas/%s",
                            topic.subject(), history.folder(), proposal, history.next())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldReadTheRecordsOfEveryVersion(Topic<?> topic) throws IOException {
        assertThat(history(topic).breaks(topic.schema())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldExplainEveryTypeAndField(Topic<?> topic) {
        assertThat(SchemaRules.undocumented(topic.schema())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldNameNobody(Topic<?> topic) {
        assertThat(SchemaRules.personal(topic.schema())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldHaveADefaultInEveryEnum(Topic<?> topic) {
        assertThat(SchemaRules.withoutDefault(topic.schema())).isEmpty();
    }

    @Test
    void shouldKeepNothingButOurSubjects() throws IOException {
        try (Stream<Path> folders = Files.list(HISTORY)) {
            List<String> names = folders.map(path -> path.getFileName().toString()).toList();
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(topics().map(Topic::subject).toList());
        }
    }

    private static SchemaHistory history(Topic<?> topic) throws IOException {
        return SchemaHistory.read(HISTORY.resolve(topic.subject()));
    }
}
