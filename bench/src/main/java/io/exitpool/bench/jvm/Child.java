package io.exitpool.bench.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A Java machine of our own: the same Java and class path as this one's. Each line of its standard
 * output is a message to us, each line of its standard input one to it; its log is a file. It ends
 * when its standard input does, so that nothing outlives a parent that was killed.
 */
public final class Child implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final int LOG_LINES_TOLD = 15;
    private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

    private final String name;
    private final Process process;
    private final Path log;
    private final PrintStream orders;
    private final Signals signals;
    private final BlockingQueue<Optional<String>> messages = new LinkedBlockingQueue<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        orders = new PrintStream(process.getOutputStream(), true, UTF_8);
        signals = new Signals(process.pid());
        Thread listening = new Thread(this::listen, "bench-hears-" + name);
        listening.setDaemon(true);
        listening.start();
    }

    /**
     * Starts one.
     *
     * @param name for messages about it
     * @param main its main class, which should call {@link #endWithParent()} first
     * @param jvmOptions such as -Xmx1g
     * @param logFile where its standard error is appended
     */
    public static Child start(
            String name, Class<?> main, List<String> jvmOptions, List<String> args, Path logFile) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(fixedOptions());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(args);
        try {
            Files.createDirectories(logFile.toAbsolutePath().getParent());
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                            .start();
            return new Child(name, process, logFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a Java machine for " + name, e);
        }
    }

    /** In a child: ends this machine, orderly, when the parent closes our input or is gone. */
    public static void endWithParent() {
        endWithParent(order -> {});
    }

    /**
     * The same for a child that takes orders.
     *
     * @param orders takes each line that the parent {@linkplain #tell tells}, on a thread of its
     *     own
     */
    public static void endWithParent(Consumer<String> orders) {
        Thread watching =
                new Thread(
                        () -> {
                            new BufferedReader(new InputStreamReader(System.in, UTF_8))
                                    .lines()
                                    .forEach(orders);
                            System.exit(0);
                        },
                        "bench-parent");
        watching.setDaemon(true);
        watching.start();
    }

    /** In a child: a message to the parent, of one line. */
    public static void say(String message) {
        System.out.println(message);
        System.out.flush();
    }

    /** Sends the child a line. */
    public void tell(String order) {
        orders.println(order);
    }

    /**
     * Waits for a message that begins so, passing over others, and returns the rest of it.
     *
     * @throws IllegalStateException if the child ends before, or time does; with its log's end
     */
    public String await(String prefix, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                Optional<String> message = messages.poll(left, TimeUnit.NANOSECONDS);
                if (message == null) {
                    throw failed("did not say '%s' in %s".formatted(prefix, within));
                }
                if (message.isEmpty()) {
                    // For whoever waits after this.
                    messages.add(message);
                    throw failed("ended before it said '%s'".formatted(prefix));
                }
                if (message.get().startsWith(prefix)) {
                    return message.get().substring(prefix.length()).strip();
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Ends the child's input, as the end of this machine would. */
    void hangUp() {
        orders.close();
        signals.close();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGSTOP: it does nothing and holds what it has, until {@link #resume} or the end. */
    public void pause() {
        signals.send("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signals.send("CONT");
    }

    /** SIGKILL: no hook runs. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        signals.close();
        awaitEnd(STOP_WITHIN);
    }

    /** SIGTERM, and SIGKILL if that is not enough. Returns when it is gone. Idempotent. */
    public void stop() {
        process.destroy();
        signals.close();
        if (!awaitEnd(STOP_WITHIN)) {
            kill();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private boolean awaitEnd(Duration within) {
        try {
            return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new InterruptException(e);
        }
    }

    private void listen() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            said.lines().forEach(line -> messages.add(Optional.of(line)));
        } catch (IOException | UncheckedIOException e) {
            // The stream of a process that was killed may break instead of ending: the same news.
        } finally {
            messages.add(Optional.empty());
        }
    }

    private IllegalStateException failed(String how) {
        return new IllegalStateException(name + " " + how + "; its log ends with:\n" + logEnd());
    }

    private String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            int from = Math.max(0, lines.size() - LOG_LINES_TOLD);
            return String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private static List<String> fixedOptions() {
        List<String> options = new ArrayList<>();
        // RocksDB and zstd are native libraries.
        options.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        // As the program itself sets it.
        options.add("-Duser.language=en");
        options.add("-Duser.country=US");
        options.add("-XX:-HeapDumpOnOutOfMemoryError");
        options.add("-XX:-CreateCoredumpOnCrash");
        options.add("-XX:+ExitOnOutOfMemoryError");
        return options;
    }
}
