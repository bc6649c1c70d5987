package io.exitpool.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
    private static final int USAGE = 2;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    @Test
    void shouldSayHowItIsUsed() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--bootstrap", "--state-dir", "--http", "--instance-id", "Exit codes:")
                .contains("allocation or insight");
    }

    @Test
    void shouldRunNoPartThatThereIsNot() {
        assertThat(run("--only", "statistics")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("only must be allocation or insight, not statistics");
    }

    @Test
    void shouldRefuseAValueThatCannotBe() {
        assertThat(run("--http", "8080")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("http.listen must be HOST:PORT");
    }

    @Test
    void shouldRefuseAMisspeltKeyOfItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.properties"), "state.dirr=/x\n");

        assertThat(run("--config", file.toString())).isEqualTo(USAGE);
        assertThat(err.toString()).contains("unknown setting state.dirr: the nearest is state.dir");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThat(run("--config", folder.resolve("none").toString())).isEqualTo(USAGE);
        assertThat(err.toString()).contains("there is no file");
    }

    private int run(String... arguments) {
        return new CommandLine(new RunCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
