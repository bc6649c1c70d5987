package io.exitpool.operator.watch;

import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code watch}: decisions as they come. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows decisions as they come, until interrupted.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown what was asked for",
            "1:the topic is missing",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached"
        })
public final class WatchCommand extends KafkaCommand {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Pattern SERVER = Pattern.compile("[a-z0-9-]{1,63}");

    @Option(names = "--server", paramLabel = "SERVER", description = "Only this server's.")
    private String server;

    @Option(
            names = "--from-beginning",
            description = "Begin with the oldest decision that is left, not with the next one.")
    private boolean fromBeginning;

    @Option(
            names = "--to-end",
            description = "Stop after what the topic holds now, instead of waiting for more.")
    private boolean toEnd;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Option(
            names = "--unsafe-show-leases",
            description = {
                "Show session ids and addresses beside each other: a connection log.",
                "Do not keep what it prints."
            })
    private boolean leases;

    @Override
    protected int run(Connection connection) {
        if (server != null && !SERVER.matcher(server).matches()) {
            throw new ParameterException(
                    spec().commandLine(), server + " is no server's name (a-z, 0-9, hyphen)");
        }
        if (leases) {
            err().println("warning: what follows ties sessions to addresses; do not keep it");
            err().flush();
        }
        Start start = fromBeginning ? Start.BEGINNING : Start.END;
        try (TopicReader reader = TopicReader.open(connection, List.of(Topics.DECISIONS), start)) {
            do {
                for (Entry<?> entry : reader.poll(POLL)) {
                    entry.as(Topics.DECISIONS).ifPresent(this::show);
                }
                out().flush();
            } while (!(toEnd && reader.atEnd()) && !out().checkError());
        }
        return OK;
    }

    private void show(Entry<Decision> entry) {
        entry.undecodable()
                .ifPresent(
                        why ->
                                err().println(
                                                "cannot read %s/%d@%d: %s"
                                                        .formatted(
                                                                entry.topic(),
                                                                entry.partition(),
                                                                entry.offset(),
                                                                why.reason())));
        if (entry.value() == null || server != null && !server.equals(entry.key())) {
            return;
        }
        DecisionLine line = new DecisionLine(entry.key(), entry.timestamp(), entry.value(), leases);
        out().println(json ? line.json() : line.text());
    }
}
