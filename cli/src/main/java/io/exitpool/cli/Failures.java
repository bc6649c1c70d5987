package io.exitpool.cli;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.wire.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * The last to hear of a command's failure: one line that says what to do, and the exit code that
 * scripts go by. The stack trace is for {@code --debug}.
 */
final class Failures implements IExecutionExceptionHandler {

    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;

    private final BooleanSupplier debug;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    /** What is told, and the exit code. */
    record Told(int exitCode, String message) {}

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        Told told = told(e);
        PrintWriter err = command.getErr();
        err.println(told.message());
        if (debug.getAsBoolean()) {
            e.printStackTrace(err);
        }
        err.flush();
        return told.exitCode();
    }

    static Told told(Throwable e) {
        Optional<Throwable> settings = cause(e, ConfigException.class::isInstance);
        if (settings.isPresent()) {
            return new Told(USAGE, settings.get().getMessage() + ": check --config");
        }
        if (cause(e, Failures::isAccess).isPresent()) {
            return new Told(UNREACHABLE, "Kafka refuses access: " + text(e) + ". Check --config");
        }
        if (cause(e, Failures::isRegistry).isPresent()) {
            return new Told(
                    UNREACHABLE,
                    "the schema registry cannot be used: " + text(e) + ". Check --registry");
        }
        if (cause(e, TimeoutException.class::isInstance).isPresent()) {
            return new Told(
                    UNREACHABLE,
                    "Kafka does not answer: "
                            + text(e)
                            + ". Is it running? Check --bootstrap and --config");
        }
        if (cause(e, KafkaException.class::isInstance).isPresent()) {
            return new Told(UNREACHABLE, "Kafka: " + text(e) + ". Check --bootstrap and --config");
        }
        if (cause(e, IOException.class::isInstance).isPresent()) {
            return new Told(FAILED, text(e));
        }
        return new Told(FAILED, text(e) + " (a defect of exitpool? --debug shows the stack trace)");
    }

    private static boolean isAccess(Throwable e) {
        return e instanceof AuthenticationException || e instanceof AuthorizationException;
    }

    /** Kafka's own clients wrap what happens to a connection, so these are the registry's. */
    private static boolean isRegistry(Throwable e) {
        return e instanceof RegistryException
                || e instanceof RestClientException
                || e instanceof ConnectException
                || e instanceof UnknownHostException;
    }

    private static Optional<Throwable> cause(Throwable e, Predicate<Throwable> wanted) {
        Throwable at = e;
        while (at != null && !wanted.test(at)) {
            at = at.getCause();
        }
        return Optional.ofNullable(at);
    }

    /** The outermost message, and the innermost one where it says more. */
    private static String text(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String outer = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String inner = innermost.getMessage();
        return inner == null || outer.contains(inner) ? outer : outer + ": " + inner;
    }
}
