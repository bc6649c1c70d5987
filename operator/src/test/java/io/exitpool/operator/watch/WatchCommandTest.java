package io.exitpool.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class WatchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldExplainItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--server", "--from-beginning", "--json", "--unsafe-show-leases");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(run("--server", "Nobody!")).isEqualTo(2);
        assertThat(err.toString()).contains("Nobody! is no server's name");
        assertThat(run("--later")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new CommandLine(new WatchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
