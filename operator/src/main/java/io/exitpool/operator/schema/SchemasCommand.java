package io.exitpool.operator.schema;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code schemas}: the topics' schemas in the registry. */
@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        description = "Registers and checks the schemas of the topics.",
        subcommands = {SchemasCommand.Register.class, SchemasCommand.Check.class})
public final class SchemasCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a subcommand of schemas");
    }

    /** What both have in common: the words for a registry that does not answer, or refuses. */
    abstract static class RegistryCommand extends KafkaCommand {

        @Override
        protected final int run(Connection connection) {
            String registry = "The schema registry at " + connection.registryUrl();
            try {
                return converse(new RegistryConversation(connection.registry()));
            } catch (IOException e) {
                return failed(
                        UNREACHABLE,
                        registry + " does not answer: " + reason(e) + ". Check --registry");
            } catch (RestClientException e) {
                return refused(registry, e);
            }
        }

        abstract int converse(RegistryConversation registry)
                throws IOException, RestClientException;

        private int refused(String registry, RestClientException e) {
            int status = e.getStatus();
            if (status == 401 || status == 403) {
                return failed(
                        UNREACHABLE,
                        registry
                                + " refuses us ("
                                + status
                                + "). Check schema.registry.basic.auth.user.info or"
                                + " schema.registry.bearer.auth.token, and what they are allowed"
                                + " to");
            }
            if (status >= 500) {
                return failed(
                        UNREACHABLE,
                        registry + " is in trouble (" + status + "): " + e.getMessage());
            }
            if (e.getErrorCode() == 404 || e.getErrorCode() == NOT_JSON) {
                return failed(
                        UNREACHABLE,
                        registry + " is no schema registry (" + status + "). Check --registry");
            }
            return failed(FAILED, registry + " refused: " + e.getMessage());
        }

        private static String reason(IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }

        /** The client's own code for an error whose body is not the registry's JSON. */
        private static final int NOT_JSON = 50005;
    }

    /** {@code schemas register}. */
    @Command(
            name = "register",
            mixinStandardHelpOptions = true,
            description = {
                "Registers this program's schemas and sets the compatibility of their subjects to"
                        + " "
                        + RegistryConversation.LEVEL
                        + ". Running it again changes nothing.",
                "Run it before an update of the program: agents and allocators write only with"
                        + " schemas that are registered."
            },
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:every schema is registered",
                "1:the registry refused a schema",
                "2:wrong usage",
                "3:the registry cannot be reached, or refuses the credentials"
            })
    static final class Register extends RegistryCommand {

        @Override
        int converse(RegistryConversation registry) throws IOException, RestClientException {
            for (RegistryConversation.Registered one : registry.register()) {
                out().println(
                                one.subject()
                                        + ": registered, id "
                                        + one.id()
                                        + ", version "
                                        + one.version());
            }
            out().flush();
            return OK;
        }
    }

    /** {@code schemas check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description =
                    "Holds this program's schemas against every version that the registry has of"
                            + " their subjects. Changes nothing.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:every schema is registered or can be",
                "1:a schema is incompatible with an earlier version",
                "2:wrong usage",
                "3:the registry cannot be reached, or refuses the credentials"
            })
    static final class Check extends RegistryCommand {

        @Override
        int converse(RegistryConversation registry) throws IOException, RestClientException {
            List<Verdict> verdicts = registry.check();
            verdicts.forEach(this::show);
            out().flush();
            return verdicts.stream().anyMatch(Verdict.Incompatible.class::isInstance) ? FAILED : OK;
        }

        private void show(Verdict verdict) {
            out().println(verdict.subject() + ": " + verdict.match(this::is, this::is, this::is));
            if (!verdict.level().equals(RegistryConversation.LEVEL)) {
                out().println(
                                "    its compatibility is "
                                        + verdict.level()
                                        + "; schemas register makes it "
                                        + RegistryConversation.LEVEL);
            }
        }

        private String is(Verdict.Registered one) {
            return "registered, id " + one.id() + ", version " + one.version();
        }

        private String is(Verdict.Compatible one) {
            return one.versions() == 0
                    ? "compatible, the first of its subject; schemas register registers it"
                    : "compatible with "
                            + one.versions()
                            + (one.versions() == 1 ? " version" : " versions")
                            + "; schemas register registers it";
        }

        private String is(Verdict.Incompatible one) {
            return "INCOMPATIBLE"
                    + one.breaches().stream()
                            .map(breach -> System.lineSeparator() + "    " + breach)
                            .reduce("", String::concat);
        }
    }
}
