package io.exitpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every command keeps the same manners. */
class ExitpoolTest {

    /** What a command line answered. */
    private record Answer(int exitCode, String out, String err) {}

    @Test
    void shouldHaveTheCommandsOfTheIssue() {
        assertThat(commands().map(command -> String.join(" ", command)))
                .contains(
                        "topics create",
                        "pools apply",
                        "pools list",
                        "pools show",
                        "pools export",
                        "pools set-aside",
                        "pools restore",
                        "pools drain",
                        "pools undrain",
                        "pools release",
                        "pools reset-epoch",
                        "pools rebuild",
                        "schemas register",
                        "schemas check",
                        "run",
                        "watch",
                        "audit",
                        "alerts",
                        "plan",
                        "agent",
                        "demo");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExplainEachOptionInItsHelp(List<String> command) {
        // when
        Answer answer = answer(command, "--help");

        // then
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        CommandLine line = find(command);
        assertThat(line.getCommandSpec().usageMessage().description())
                .as("description of %s", command)
                .isNotEmpty();
        for (OptionSpec option : line.getCommandSpec().options()) {
            assertThat(answer.out()).contains(option.longestName());
            assertThat(option.description()).as("%s of %s", option, command).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseAnUnknownOption(List<String> command) {
        // when
        Answer answer = answer(command, "--no-such-option");

        // then
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        // What is missing is told first.
        assertThat(answer.err())
                .containsAnyOf("--no-such-option", "Missing required")
                .contains("Try: " + String.join(" ", prefixed(command)) + " --help");
    }

    @Test
    void shouldSayWhatRunsHere() {
        // when
        Answer answer = answer(List.of(), "--version");

        // then
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("exitpool "))
                .contains("Kafka 4.3.1", "Java " + Runtime.version());
    }

    @Test
    void shouldNameTheCommandsWhenNoneIsGiven() {
        // when
        Answer answer = answer(List.of());

        // then
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("which command?").contains("topics, pools, schemas");
    }

    @Test
    void shouldSuggestWhatWasMeant() {
        // when
        Answer answer = answer(List.of(), "pols");

        // then
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("pools");
    }

    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(Exitpool.commandLine(), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
        all.add(path);
        line.getSubcommands()
                .forEach(
                        (name, sub) -> {
                            List<String> below = new ArrayList<>(path);
                            below.add(name);
                            collect(sub, below, all);
                        });
    }

    private static CommandLine find(List<String> command) {
        CommandLine line = Exitpool.commandLine();
        for (String word : command) {
            line = line.getSubcommands().get(word);
        }
        return line;
    }

    private static List<String> prefixed(List<String> command) {
        List<String> all = new ArrayList<>(List.of("exitpool"));
        all.addAll(command);
        return all;
    }

    private static Answer answer(List<String> command, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(more));
        int exitCode =
                Exitpool.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(words.toArray(String[]::new));
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
