package io.exitpool.operator.alerts;

import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code alerts}: what is open, and what comes. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the alerts that are open, the most recent first. docs/operations.md has a"
                    + " section for each kind: what it means, what to check, what to do."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown, whether alerts are open or not",
            "1:with --check: an alert is open, or one cannot be read; or the topic is missing",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached"
        })
public final class AlertsCommand extends KafkaCommand {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Pattern SERVER = Pattern.compile("[a-z0-9-]{1,63}");

    @Option(
            names = "--follow",
            description =
                    "Go on: a line for each alert that opens, that is told again because its cause"
                            + " became known (revision), or that is resolved. Until Ctrl-C.")
    private boolean follow;

    @Option(names = "--all", description = "Also those that are resolved, of the last 30 days.")
    private boolean all;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description =
                    "Only this server's, and the storms that affect it: its own alerts are part of"
                            + " them.")
    private String server;

    @Option(
            names = "--check",
            description = "Exit with 1 when an alert is open: for scripts and health checks.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object a line, an alert each.")
    private boolean json;

    @Override
    protected int run(Connection connection) {
        if (server != null && !SERVER.matcher(server).matches()) {
            throw new ParameterException(
                    spec().commandLine(), server + " is no server's name (a-z, 0-9, hyphen)");
        }
        if (check && follow) {
            throw new ParameterException(
                    spec().commandLine(), "--check ends and --follow does not: give one of them");
        }
        AlertBoard board = new AlertBoard(Optional.ofNullable(server));
        if (follow) {
            follow(connection, board);
            return OK;
        }
        TopicReader.readToEnd(connection, Topics.POOL_ALERTS, board::take);
        show(board);
        return check && !board.isQuiet() ? FAILED : OK;
    }

    private void follow(Connection connection, AlertBoard board) {
        try (TopicReader reader =
                TopicReader.open(connection, List.of(Topics.POOL_ALERTS), Start.BEGINNING)) {
            while (!reader.atEnd()) {
                for (Entry<?> entry : reader.poll(POLL)) {
                    entry.as(Topics.POOL_ALERTS).ifPresent(board::take);
                }
            }
            show(board);
            while (!out().checkError()) {
                for (Entry<?> entry : reader.poll(POLL)) {
                    entry.as(Topics.POOL_ALERTS).ifPresent(one -> tell(board, one));
                }
                out().flush();
            }
        }
    }

    /** How things stand. */
    void show(AlertBoard board) {
        List<Alert> alerts = board.alerts(all);
        if (alerts.isEmpty() && !json) {
            out().println(all ? "There was no alert." : "No alert is open.");
        }
        alerts.forEach(
                alert -> out().println(json ? AlertJson.write(alert) : AlertText.entry(alert)));
        out().flush();
        board.unreadable().forEach(this::unreadable);
    }

    /** What was told just now. */
    void tell(AlertBoard board, Entry<Alert> entry) {
        board.take(entry)
                .ifPresent(
                        alert ->
                                out().println(
                                                json
                                                        ? AlertJson.write(alert)
                                                        : AlertText.line(alert)));
        if (entry.undecodable().isPresent() && board.unreadable().contains(entry.key())) {
            unreadable(entry.key());
        }
    }

    private void unreadable(String key) {
        err().println(
                        "cannot read the latest record of "
                                + key
                                + ": is this program older than the one that wrote it?");
        err().flush();
    }
}
