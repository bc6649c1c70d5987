package io.exitpool.operator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AuditCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldExplainItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--follow", "--json", "--first", "Exit codes:");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(run("--first", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--first must be 0 or more, not -1");
        assertThat(run("--later")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new CommandLine(new AuditCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
