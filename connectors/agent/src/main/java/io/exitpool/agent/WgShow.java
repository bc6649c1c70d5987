package io.exitpool.agent;

import io.exitpool.agent.wireguard.Dump;
import io.exitpool.agent.wireguard.DumpFormatException;
import io.exitpool.agent.wireguard.Observation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a WireGuard interface again and again with {@code wg show IF dump}, on a thread of its
 * own: at 5,000 peers that takes 50 ms, and decisions must not wait for it.
 */
final class WgShow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WgShow.class);
    private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z0-9_=+.-]{1,15}");

    /** More are of no use: the newest says it all. */
    private static final int KEPT = 4;

    private final List<String> command;
    private final Duration every;
    private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>(KEPT);
    private final Thread thread = new Thread(this::lookAgainAndAgain, "wg-show");
    private boolean answered = true;

    private WgShow(List<String> command, Duration every) {
        this.command = command;
        this.every = every;
        thread.setDaemon(true);
    }

    /** Looks once before it returns, so that a program that is not there is found out at once. */
    static WgShow start(String program, String networkInterface, Duration every) {
        if (!INTERFACE.matcher(networkInterface).matches()) {
            throw new AgentException("'" + networkInterface + "' is no interface's name");
        }
        WgShow show = new WgShow(List.of(program, "show", networkInterface, "dump"), every);
        try {
            show.once();
        } catch (IOException e) {
            throw new AgentException("Cannot run " + program + ": install wireguard-tools", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show.thread.start();
        return show;
    }

    /** The next look that nobody has taken yet. */
    Optional<Observation> next() {
        return Optional.ofNullable(seen.poll());
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(every.toMillis());
                try {
                    once();
                } catch (IOException e) {
                    silent(e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("looks no more");
        }
    }

    private void once() throws IOException, InterruptedException {
        Observation observation = look();
        while (!seen.offer(observation)) {
            seen.poll();
        }
    }

    private Observation look() throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        List<String> lines;
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            lines = output.lines().toList();
        }
        int exit = process.waitFor();
        if (exit != 0) {
            silent("it ended with " + exit);
            return Observation.daemonDown(now);
        }
        try {
            Dump dump = Dump.parse(lines);
            answered = true;
            return Observation.of(now, dump);
        } catch (DumpFormatException e) {
            silent(e.getMessage());
            return Observation.daemonDown(now);
        }
    }

    private void silent(String why) {
        if (answered) {
            answered = false;
            LOG.warn(
                    "`{}` gives no dump ({}): try it by hand; sessions live on for now",
                    String.join(" ", command),
                    why);
        }
    }
}
