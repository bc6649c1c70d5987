package io.exitpool.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A server that is not Java, as a child of ours. It ends with {@link #close}, and with a Java
 * machine that was killed, because the kernel is asked to signal it then ({@code setpriv
 * --pdeathsig}); the thread that starts it must therefore outlive it.
 */
final class NativeServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int LINES_OF_LOG = 5;

    private final Process process;
    private final Path log;

    private NativeServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** As {@code user} when one is named, which takes root. */
    static NativeServer start(Optional<String> user, List<String> command, Path log) {
        try {
            return new NativeServer(
                    new ProcessBuilder(asChild(user, command))
                            .directory(log.getParent().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new PeerException("could not start " + command.get(0), e);
        }
    }

    /** The command under another user, with the signal that follows our death. */
    static List<String> asChild(Optional<String> user, List<String> command) {
        Stream<String> identity =
                user.stream()
                        .flatMap(
                                name ->
                                        Stream.of(
                                                "--reuid", name, "--regid", name, "--init-groups"));
        return Stream.of(
                        Stream.of("setpriv", "--pdeathsig", "TERM"),
                        identity,
                        Stream.of("--"),
                        command.stream())
                .flatMap(part -> part)
                .toList();
    }

    /** Tries until the attempt has a value; throws when the server ended or a minute went by. */
    <T> T await(Supplier<Optional<T>> attempt) {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> result = attempt.get();
            if (result.isPresent()) {
                return result.get();
            }
            if (!process.isAlive()) {
                throw new PeerException("it ended at its start: " + lastOfLog());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new PeerException("interrupted while it started");
            }
        }
        throw new PeerException("it did not answer within " + START + ": " + lastOfLog());
    }

    private String lastOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    " | ", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    /** Waits for an orderly end, however often it is interrupted meanwhile. */
    @Override
    public void close() {
        process.destroy();
        boolean interrupted = false;
        long deadline = System.nanoTime() + STOP.toNanos();
        while (process.isAlive()) {
            try {
                if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
