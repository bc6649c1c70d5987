package io.exitpool.operator.pools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code pools} that only look. */
final class ViewCommands {

    private static final String ROW = "%-24s %7s %6s %6s %7s %6s %9s %8s %4s  %s%n";

    private ViewCommands() {}

    /** {@code pools list}: a line for each server. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists all pools: what is configured, and how each stood at its last status.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:listed",
                "1:a topic does not exist",
                "2:wrong usage",
                "3:Kafka or the schema registry cannot be reached"
            })
    static final class ListCommand extends KafkaCommand {

        @Option(names = "--json", description = "An array with an object for each server.")
        private boolean json;

        @Override
        protected int run(Connection connection) {
            FleetState state;
            try (ConfigStore store = new ConfigStore(connection)) {
                state = store.read();
            }
            if (json) {
                ArrayNode all = PoolsJson.array();
                for (String server : shown(state)) {
                    all.add(PoolsJson.pool(server, state.pool(server), state.status(server)));
                }
                out().println(PoolsJson.text(all));
            } else {
                out().printf(
                                ROW,
                                "SERVER",
                                "VERSION",
                                "SLOTS",
                                "FREE",
                                "RESTING",
                                "IN USE",
                                "SET ASIDE",
                                "SESSIONS",
                                "CAP",
                                "STATE");
                for (String server : shown(state)) {
                    row(server, state.pool(server).config(), state.status(server));
                }
            }
            out().flush();
            return OK;
        }

        private static Iterable<String> shown(FleetState state) {
            return state.servers().stream()
                    .filter(
                            server ->
                                    state.pool(server).config().isPresent()
                                            || state.status(server).isPresent())
                    .toList();
        }

        private void row(String server, Optional<PoolConfig> config, Optional<PoolStatus> status) {
            int slots =
                    status.map(PoolStatus::getSlots)
                            .or(() -> config.map(is -> SlotTable.count(is.getSlots())))
                            .orElse(0);
            out().printf(
                            ROW,
                            server,
                            config.map(is -> String.valueOf(is.getVersion())).orElse("-"),
                            slots,
                            status.map(is -> String.valueOf(is.getFree())).orElse("-"),
                            status.map(is -> String.valueOf(is.getResting())).orElse("-"),
                            status.map(is -> String.valueOf(is.getInUse())).orElse("-"),
                            status.map(is -> String.valueOf(is.getSetAside())).orElse("-"),
                            status.map(is -> String.valueOf(is.getSessions())).orElse("-"),
                            config.map(is -> String.valueOf(is.getCap())).orElse("-"),
                            PoolText.state(config, status));
        }
    }

    /** {@code pools show}: everything about one server. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one pool: its configuration, its capacity and its last status.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:shown",
                "1:nothing is known of the server",
                "2:wrong usage",
                "3:Kafka or the schema registry cannot be reached"
            })
    static final class ShowCommand extends KafkaCommand {

        @Parameters(paramLabel = "SERVER", description = "The server's name.")
        private String server;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        protected int run(Connection connection) {
            FleetState state;
            try (ConfigStore store = new ConfigStore(connection)) {
                state = store.read();
            }
            StoredPool pool = state.pool(server);
            Optional<PoolStatus> status = state.status(server);
            if (pool.config().isEmpty() && status.isEmpty()) {
                return failed(
                        FAILED,
                        "Nothing is known of " + server + "; './exitpool pools list' tells who is");
            }
            out().println(
                            json
                                    ? PoolsJson.text(PoolsJson.pool(server, pool, status))
                                    : PoolText.of(server, pool, status));
            out().flush();
            return OK;
        }
    }

    /** {@code pools export}: the file that {@code apply} would read. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Writes what is configured as the YAML that 'pools apply' reads.",
                "Applied to the same fleet it changes nothing. Applied after a loss of"
                        + " exit-pool-configs it gives every slot its id again: keep a copy."
            },
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:written",
                "1:the server is not configured",
                "2:wrong usage",
                "3:Kafka or the schema registry cannot be reached"
            })
    static final class ExportCommand extends KafkaCommand {

        @Parameters(
                arity = "0..1",
                paramLabel = "SERVER",
                description = "Only this server; all when left out.")
        private String server;

        @Override
        protected int run(Connection connection) {
            SortedMap<String, PoolConfig> configs = new TreeMap<>();
            try (ConfigStore store = new ConfigStore(connection)) {
                store.readConfigs()
                        .forEach(
                                (name, pool) -> {
                                    if (server == null || server.equals(name)) {
                                        pool.config().ifPresent(c -> configs.put(name, c));
                                    }
                                });
            }
            if (server != null && configs.isEmpty()) {
                return failed(
                        FAILED,
                        server + " is not configured; './exitpool pools list' tells who is");
            }
            out().print(PoolsExport.yaml(configs));
            out().flush();
            return OK;
        }
    }
}
