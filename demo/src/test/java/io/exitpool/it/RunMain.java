package io.exitpool.it;

import io.exitpool.streams.app.RunCommand;
import picocli.CommandLine;

/** {@code exitpool run} as a program of its own; the real main class is in a module behind this. */
final class RunMain {
    private RunMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RunCommand()).execute(arguments));
    }
}
