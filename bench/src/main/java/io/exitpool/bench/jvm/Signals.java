package io.exitpool.bench.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Sends a process signals that Java has no method for. A shell does it, which lets the process go
 * on when its own input ends: when this is closed, and when this machine is gone, so that no
 * process stays stopped for ever. It begins with the first signal.
 */
final class Signals implements AutoCloseable {

    /** A process is stopped when each of its threads has come round to it. */
    private static final String SHELL =
            """
            while read -r signal; do
                kill -"$signal" "$0"
                result=$?
                if [ "$signal" = STOP ]; then
                    while grep -qs '^State:.[^TtZX]' /proc/"$0"/task/*/status; do :; done
                fi
                echo $result
            done
            kill -CONT "$0"
            """;

    private final long pid;
    private Process shell;
    private PrintStream orders;
    private BufferedReader results;

    Signals(long pid) {
        this.pid = pid;
    }

    /** Returns when it was sent; with STOP, when the process is stopped. */
    void send(String signal) {
        try {
            begin();
            orders.println(signal);
            if (!"0".equals(results.readLine())) {
                throw new IllegalStateException("SIG%s was not sent".formatted(signal));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("SIG%s was not sent".formatted(signal), e);
        }
    }

    /** Lets the process go on. */
    @Override
    public void close() {
        if (shell != null) {
            orders.close();
        }
    }

    private void begin() throws IOException {
        if (shell == null) {
            shell = new ProcessBuilder("sh", "-c", SHELL, Long.toString(pid)).start();
            orders = new PrintStream(shell.getOutputStream(), true, UTF_8);
            results = new BufferedReader(new InputStreamReader(shell.getInputStream(), UTF_8));
        }
    }
}
