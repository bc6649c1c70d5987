package io.exitpool.operator.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.operator.topics.TopicReport.Difference;
import io.exitpool.schemas.connection.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics}: the topics that Exitpool reads and writes. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates and verifies the topics that Exitpool reads and writes.",
        subcommands = TopicsCommand.Create.class)
public final class TopicsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a subcommand of topics");
    }

    /** {@code topics create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Creates the topics that do not exist and names every difference of those that do."
                        + " Running it again changes nothing.",
                "The store's changelog is not among them: the allocation creates it."
            },
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:every topic is as it should be",
                "1:a topic is missing or differs",
                "2:wrong usage",
                "3:Kafka cannot be reached"
            })
    static final class Create extends KafkaCommand {

        @Option(
                names = "--partitions",
                paramLabel = "N",
                description =
                        "Partitions of the topics that are keyed by server: one number, fixed for"
                                + " life. Default: 12.")
        private Integer partitions;

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                description = "Default: 3, or the number of brokers if there are fewer.")
        private Integer replicationFactor;

        @Option(
                names = "--min-insync",
                paramLabel = "N",
                description =
                        "Replicas that a write must reach. Default: one less than the replication"
                                + " factor, at least 1.")
        private Integer minInsync;

        @Option(
                names = "--check",
                description = "Only look: create nothing; a missing topic is a failure.")
        private boolean check;

        @Option(
                names = "--alter",
                description =
                        "Bring the settings of existing topics into line. Never the partitions.")
        private boolean alter;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        protected int run(Connection connection) throws JsonProcessingException {
            if (check && alter) {
                throw new ParameterException(
                        spec().commandLine(), "--check changes nothing and --alter does: say one");
            }
            TopicReport report =
                    TopicCreation.run(
                            connection,
                            new TopicCreation.Options(
                                    atLeastOne("--partitions", partitions),
                                    atLeastOne("--replication-factor", replicationFactor),
                                    atLeastOne("--min-insync", minInsync),
                                    Map.of(),
                                    !check,
                                    alter));
            if (json) {
                out().println(
                                new ObjectMapper()
                                        .enable(SerializationFeature.INDENT_OUTPUT)
                                        .writeValueAsString(report));
            } else {
                show(report);
            }
            out().flush();
            return report.asDefined() ? OK : FAILED;
        }

        private void show(TopicReport report) {
            report.created().forEach(topic -> out().println(topic + ": created"));
            List<Difference> found = new ArrayList<>(report.altered());
            found.addAll(report.differences());
            report.verified().stream()
                    .filter(topic -> found.stream().noneMatch(d -> d.topic().equals(topic)))
                    .forEach(topic -> out().println(topic + ": as it should be"));
            report.missing()
                    .forEach(topic -> out().println(topic + ": missing; run topics create"));
            report.altered().forEach(was -> out().println(was + "; altered"));
            report.differences().forEach(is -> out().println(is + " (" + is.advice() + ")"));
        }

        private OptionalInt atLeastOne(String option, Integer value) {
            if (value == null) {
                return OptionalInt.empty();
            }
            if (value < 1 || value > Short.MAX_VALUE) {
                throw new ParameterException(
                        spec().commandLine(), option + " is 1 to 32767, not " + value);
            }
            return OptionalInt.of(value);
        }
    }
}
