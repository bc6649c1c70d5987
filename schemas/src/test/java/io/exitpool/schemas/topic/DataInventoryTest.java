package io.exitpool.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The privacy promise in docs/data-inventory.md, held against what is defined. */
class DataInventoryTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private final String inventory = read();

    @Test
    void shouldNameEveryFieldOfEveryTopicAndNoOther() {
        for (Topic<?> topic : Topics.all()) {
            assertThat(listed(topic.name()))
                    .as("fields of %s in docs/data-inventory.md", topic.name())
                    .isEqualTo(fields(topic.schema(), new TreeSet<>()));
        }
    }

    @Test
    void shouldSayHowLongEveryTopicIsKept() {
        for (TopicDefinition definition : TopicDefinitions.load()) {
            String row = row(definition.name());
            long retention = Long.parseLong(definition.configs(1).get("retention.ms"));
            long segment = Long.parseLong(definition.configs(1).get("segment.ms"));
            String kept =
                    retention < 0
                            ? "compacted"
                            : "| %s, segments of %s |".formatted(words(retention), words(segment));
            assertThat(row).as("row of %s", definition.name()).contains(kept);
        }
    }

    @Test
    void shouldCloseSegmentsSoonWhereSessionsAreNamed() {
        for (Topic<?> topic : Topics.all()) {
            if (fields(topic.schema(), new TreeSet<>()).contains("session")) {
                assertThat(TopicDefinitions.of(topic.name()).configs(1))
                        .as(topic.name())
                        .containsEntry("segment.ms", "600000");
            }
        }
    }

    private static String words(long millis) {
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + " d";
        }
        return millis % 3_600_000 == 0 ? millis / 3_600_000 + " h" : millis / 60_000 + " min";
    }

    private String row(String topic) {
        return inventory
                .lines()
                .filter(line -> line.startsWith("| `" + topic + "` |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + topic));
    }

    /** The names in the list entry of the topic, which may go on over several lines. */
    private Set<String> listed(String topic) {
        String start = "- `" + topic + "`:";
        int from = inventory.indexOf(start);
        assertThat(from).as("list entry of %s", topic).isNotNegative();
        int next = inventory.indexOf("\n- ", from);
        int to = next < 0 ? inventory.length() : next;
        Matcher names = QUOTED.matcher(inventory.substring(from + start.length(), to));
        Set<String> listed = new TreeSet<>();
        while (names.find()) {
            listed.add(names.group(1));
        }
        return listed;
    }

    private static Set<String> fields(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD ->
                    schema.getFields()
                            .forEach(
                                    field -> {
                                        names.add(field.name());
                                        fields(field.schema(), names);
                                    });
            case UNION -> schema.getTypes().forEach(type -> fields(type, names));
            case ARRAY -> fields(schema.getElementType(), names);
            default -> {}
        }
        return names;
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/data-inventory.md"));
        } catch (IOException e) {
            throw new IllegalStateException("the tests run in the module's directory", e);
        }
    }
}
