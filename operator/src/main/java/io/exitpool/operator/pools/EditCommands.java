package io.exitpool.operator.pools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.SetAsideCause;
import io.exitpool.schemas.connection.Connection;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The commands of {@code pools} that change one server by hand. */
final class EditCommands {

    private EditCommands() {}

    /** A command that makes one edit, confirms it and tells what came of it. */
    @Command(
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:done, or nothing to do; also when the change is stored and the allocation is not"
                        + " running",
                "1:refused, overtaken by another change, or not taken up",
                "2:wrong usage",
                "3:Kafka or the schema registry cannot be reached"
            })
    abstract static class EditCommand extends KafkaCommand {

        @Parameters(index = "0", paramLabel = "SERVER", description = "The server's name.")
        private String server;

        @Option(
                names = "--no-confirm",
                description = "Do not wait until the allocation has taken it up.")
        private boolean noConfirm;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        abstract PoolEdit edit();

        Optional<String> reason() {
            return Optional.empty();
        }

        @Override
        protected int run(Connection connection) {
            PoolEdit edit;
            try {
                edit = edit();
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec().commandLine(), e.getMessage(), e);
            }
            PoolsEdit.Report report =
                    PoolsEdit.edit(connection, server, edit, reason(), !noConfirm);
            if (json) {
                out().println(PoolsJson.text(node(report)));
            } else {
                report.messages().forEach(out()::println);
                report.version().ifPresent(v -> out().println(server + ": version " + v));
            }
            out().flush();
            return report.outcome().exitCode();
        }

        private static ObjectNode node(PoolsEdit.Report report) {
            ObjectNode node = PoolsJson.object();
            node.put("server", report.server()).put("outcome", report.outcome().name());
            report.version().ifPresent(version -> node.put("version", version));
            ArrayNode messages = node.putArray("messages");
            report.messages().forEach(messages::add);
            return node;
        }
    }

    /** {@code pools set-aside}. */
    @Command(
            name = "set-aside",
            description =
                    "Sets an address aside: its slot is granted to no session until it is restored."
                            + " Sessions that have it keep it.")
    static final class SetAsideCommand extends EditCommand {

        @Parameters(index = "1", paramLabel = "ADDRESS", description = "The IPv4 or IPv6 address.")
        private String address;

        @Option(
                names = "--reason",
                required = true,
                description = "Why, in your words; kept with the configuration.")
        private String reason;

        @Option(
                names = "--cause",
                defaultValue = "drained",
                converter = CauseConverter.class,
                description = "drained (the default), reputation or conflict.")
        private SetAsideCause cause;

        @Override
        PoolEdit edit() {
            return PoolEdit.setAside(address, cause, reason);
        }
    }

    /** {@code pools restore}. */
    @Command(name = "restore", description = "Lets an address that was set aside be granted again.")
    static final class RestoreCommand extends EditCommand {

        @Parameters(index = "1", paramLabel = "ADDRESS", description = "The IPv4 or IPv6 address.")
        private String address;

        @Option(
                names = "--reason",
                required = true,
                description = "Why, in your words; kept in the record's header.")
        private String reason;

        @Override
        PoolEdit edit() {
            return PoolEdit.restore(address);
        }

        @Override
        Optional<String> reason() {
            return Optional.of(reason);
        }
    }

    /** {@code pools drain}. */
    @Command(
            name = "drain",
            description = "Lets a server take no new sessions. Live ones go on until they end.")
    static final class DrainCommand extends EditCommand {
        @Override
        PoolEdit edit() {
            return PoolEdit.draining(true);
        }
    }

    /** {@code pools undrain}. */
    @Command(name = "undrain", description = "Lets a server that was drained take sessions again.")
    static final class UndrainCommand extends EditCommand {
        @Override
        PoolEdit edit() {
            return PoolEdit.draining(false);
        }
    }

    /** {@code pools release}. */
    @Command(
            name = "release",
            description =
                    "Releases every lease of a slot. The sessions on it lose their address and"
                            + " start again.")
    static final class ReleaseCommand extends EditCommand {

        @Parameters(index = "1", paramLabel = "SLOT", description = "The slot's id.")
        private int slot;

        @Override
        PoolEdit edit() {
            return PoolEdit.release(slot);
        }
    }

    /** {@code pools reset-epoch}. */
    @Command(
            name = "reset-epoch",
            description =
                    "Forgets a server's epoch, when a false one keeps its agent out. The next event"
                            + " of any epoch begins anew.")
    static final class ResetEpochCommand extends EditCommand {
        @Override
        PoolEdit edit() {
            return PoolEdit.resetEpoch();
        }
    }

    /** {@code pools rebuild}. */
    @Command(
            name = "rebuild",
            description =
                    "Drops a pool's rows and takes its agent's next snapshot for truth, when the"
                            + " pool has failed.")
    static final class RebuildCommand extends EditCommand {
        @Override
        PoolEdit edit() {
            return PoolEdit.rebuild();
        }
    }

    /** Takes the causes in lower case, as all else that is typed. */
    static final class CauseConverter implements ITypeConverter<SetAsideCause> {
        @Override
        public SetAsideCause convert(String text) {
            try {
                return SetAsideCause.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is none of drained, reputation, conflict");
            }
        }
    }
}
