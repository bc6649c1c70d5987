package io.exitpool.it;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The commands as an operator runs them, against one site. */
final class Commands {

    /** What a command came to. */
    record Result(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "exit code " + exitCode + "\n" + out + "\n" + err;
        }
    }

    private final List<String> connection;

    private Commands(List<String> connection) {
        this.connection = connection;
    }

    static Commands on(Site site) {
        return at(site.connection().bootstrapServers(), site.connection().registryUrl());
    }

    static Commands at(String brokers, String registry) {
        return new Commands(List.of("--bootstrap", brokers, "--registry", registry));
    }

    /** Runs a command with the addresses behind its own arguments. */
    Result run(Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(connection);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                new CommandLine(command)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(all.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
