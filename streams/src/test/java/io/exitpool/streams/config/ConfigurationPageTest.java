package io.exitpool.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code says. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void shouldListEverySettingWithItsDefault() throws IOException {
        List<String> expected =
                Arrays.stream(Setting.values())
                        .map(
                                setting ->
                                        "| `%s` | %s | %s |"
                                                .formatted(
                                                        setting.key(),
                                                        defaultOf(setting),
                                                        setting.description()))
                        .toList();

        assertThat(table("## Exitpool's settings")).isEqualTo(expected);
    }

    @Test
    void shouldListEveryKafkaKeyThatIsRefused() throws IOException {
        Map<String, TreeSet<String>> byReason = new TreeMap<>();
        KafkaKeys.reasons()
                .forEach(
                        (key, reason) ->
                                byReason.computeIfAbsent(
                                                reason.startsWith("set ")
                                                        ? "set it without `kafka.`"
                                                        : reason,
                                                r -> new TreeSet<>())
                                        .add("`" + key + "`"));
        List<String> expected =
                byReason.entrySet().stream()
                        .map(
                                entry ->
                                        "| %s | %s |"
                                                .formatted(
                                                        entry.getValue().stream()
                                                                .collect(Collectors.joining(", ")),
                                                        entry.getKey()))
                        .toList();

        assertThat(table("## Kafka's own settings")).isEqualTo(expected);
    }

    private static String defaultOf(Setting setting) {
        return setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
    }

    /** The rows of the first table under a heading. */
    private static List<String> table(String heading) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int start = lines.indexOf(heading);
        assertThat(start).as("%s has no heading %s", PAGE, heading).isNotNegative();
        return lines.subList(start, lines.size()).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
