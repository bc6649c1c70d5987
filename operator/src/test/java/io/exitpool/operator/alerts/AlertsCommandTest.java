package io.exitpool.operator.alerts;

import static io.exitpool.operator.alerts.Alerts.NOON;
import static io.exitpool.operator.alerts.Alerts.entry;
import static io.exitpool.operator.alerts.Alerts.open;
import static io.exitpool.operator.alerts.Alerts.resolved;
import static io.exitpool.operator.alerts.Alerts.revised;
import static io.exitpool.operator.alerts.Alerts.tombstone;
import static io.exitpool.operator.alerts.Alerts.undecodable;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AlertsCommandTest {

    private static final Alert DRY = open("se-sto-wg-208", AlertKind.EXHAUSTED, NOON);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AlertsCommand command = new AlertsCommand();
    private final CommandLine line =
            new CommandLine(command)
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true));
    private final AlertBoard board = new AlertBoard(Optional.empty());

    @Test
    void shouldExplainItself() {
        assertThat(line.execute("--help")).isZero();
        assertThat(out.toString())
                .contains("--follow", "--all", "--server", "--check", "--json", "Exit codes:");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(line.execute("--server", "Nobody!")).isEqualTo(2);
        assertThat(err.toString()).contains("Nobody! is no server's name");
        assertThat(line.execute("--check", "--follow")).isEqualTo(2);
        assertThat(err.toString()).contains("--check ends and --follow does not");
        assertThat(line.execute("--later")).isEqualTo(2);
    }

    @Test
    void shouldSayThatNothingIsOpen() {
        line.parseArgs();
        board.take(entry(resolved(DRY, 1_000)));
        command.show(board);
        assertThat(out.toString()).isEqualToIgnoringNewLines("No alert is open.");

        line.parseArgs("--json");
        out.getBuffer().setLength(0);
        command.show(board);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldShowResolvedOnesWhenAskedTo() {
        line.parseArgs("--all", "--json");
        board.take(entry(resolved(DRY, 1_000)));
        command.show(board);
        assertThat(out.toString()).contains("\"state\":\"RESOLVED\"").hasLineCount(1);
    }

    @Test
    void shouldTellEachRecordThatComes() {
        // given
        line.parseArgs("--follow");

        // when
        command.tell(board, entry(DRY));
        command.tell(board, entry(revised(DRY, "A storm.", List.of())));
        command.tell(board, entry(resolved(DRY, 1_000)));
        command.tell(board, tombstone("se-sto-wg-208/EXHAUSTED"));
        command.tell(board, undecodable("se-sto-wg-208/EXHAUSTED"));

        // then
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains(" OPEN se-sto"),
                        second -> assertThat(second).contains(" OPEN(revision 1) se-sto"),
                        third -> assertThat(third).contains(" RESOLVED se-sto"));
        assertThat(err.toString())
                .contains("cannot read the latest record of se-sto-wg-208/EXHAUSTED");
    }
}
