package io.exitpool.operator.command;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.ConnectionOptions;
import io.exitpool.schemas.wire.RegistryException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that speaks to Kafka and the registry: it says in one line what could not be reached,
 * and keeps the exit codes of all commands alike.
 */
public abstract class KafkaCommand implements Callable<Integer> {

    /** The command did what it was asked for, or there was nothing to do. */
    public static final int OK = 0;

    /** The command looked, and what it found is not as it should be; or it refused. */
    public static final int FAILED = 1;

    /** Kafka or the registry cannot be reached, or let us do nothing. */
    public static final int UNREACHABLE = 3;

    /** A part is done; the rest has to wait for something. Running the command again goes on. */
    public static final int PENDING = 4;

    @Spec private CommandSpec spec;

    @Mixin private ConnectionOptions connectionOptions;

    @Override
    public final Integer call() throws Exception {
        Connection connection = connectionOptions.connect();
        try {
            return run(connection);
        } catch (UnknownTopicOrPartitionException e) {
            return failed(FAILED, e.getMessage());
        } catch (RegistryException e) {
            return failed(UNREACHABLE, e.getMessage() + " (" + connection.registryUrl() + ")");
        } catch (KafkaException e) {
            String where = "Kafka at " + connection.bootstrapServers();
            return isRefusal(e)
                    ? failed(FAILED, where + " refuses: " + reason(e))
                    : failed(
                            UNREACHABLE,
                            where + ": " + reason(e) + ". Check --bootstrap and --config");
        }
    }

    /** The command's work; its exit code. */
    protected abstract int run(Connection connection) throws Exception;

    /** Standard output: what the command was asked for. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Standard error: how it goes, and what went wrong. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    protected final CommandSpec spec() {
        return spec;
    }

    protected final int failed(int code, String message) {
        err().println(message);
        err().flush();
        return code;
    }

    /** Kafka answered, knows who asks, and will not do it however often it is asked. */
    private static boolean isRefusal(KafkaException e) {
        return e instanceof ApiException
                && !(e instanceof RetriableException)
                && !(e instanceof AuthenticationException)
                && !(e instanceof AuthorizationException);
    }

    private static String reason(KafkaException e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        boolean tellsMore = e.getCause() != null && e.getCause().getMessage() != null;
        return tellsMore ? text + " (" + e.getCause().getMessage() + ")" : text;
    }
}
