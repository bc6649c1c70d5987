package io.exitpool.agent;

import io.exitpool.agent.protocol.Agent;
import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.agent.wireguard.Capture;
import io.exitpool.agent.wireguard.DetectorSettings;
import io.exitpool.agent.wireguard.DumpFormatException;
import io.exitpool.agent.wireguard.Observation;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Plays a capture of WireGuard's dumps as if it were an exit server now. In real time the agent's
 * clock is the wall clock. Fast, it is the capture's: it stands still until the allocator has
 * answered everything, so that the same capture asks the same questions in the same order. At the
 * end of the capture whatever lives is ended (CANCELLED), so that a replay leaves no lease behind.
 */
public final class DumpReplay {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    /**
     * How a capture is played.
     *
     * @param answerWithin how long, in real time, the allocator's answers are waited for
     */
    public record Options(
            boolean fast,
            DetectorSettings detector,
            Wish wish,
            Optional<Path> stateDir,
            Duration answerWithin) {
        public static final Options REAL_TIME =
                new Options(
                        false,
                        DetectorSettings.DEFAULT,
                        Wish.NONE,
                        Optional.empty(),
                        Duration.ofSeconds(30));
        public static final Options FAST =
                new Options(
                        true,
                        DetectorSettings.DEFAULT,
                        Wish.NONE,
                        Optional.empty(),
                        Duration.ofSeconds(30));
    }

    private final String server;
    private final List<Observation> capture;
    private final Options options;
    private final SessionLog log;
    private final Wall wall = new Wall();
    private final LongSupplier clock;
    private final AgentLink link;
    private final Agent agent;
    private volatile boolean stopping;
    private long captureTime;

    private DumpReplay(
            Connection connection, String server, List<Observation> capture, Options options) {
        this.server = server;
        this.capture = capture;
        this.options = options;
        this.captureTime = capture.get(0).atMillis();
        this.log = new SessionLog(Math.floorDiv(captureTime, 1000L));
        this.clock = options.fast() ? () -> captureTime : wall;
        this.link =
                AgentLink.open(
                        connection,
                        server,
                        new AgentLink.Options(
                                AgentSettings.DEFAULT,
                                options.wish(),
                                new MemoryMap(),
                                log,
                                options.stateDir(),
                                clock),
                        Map.of());
        this.agent = link.agent();
    }

    /** Plays a file from its beginning to its end. */
    public static ReplayResult run(Connection connection, String server, Path dumps, boolean fast)
            throws IOException {
        try (Reader reader = Files.newBufferedReader(dumps)) {
            return run(connection, server, reader, fast);
        }
    }

    /**
     * Plays a text from its beginning to its end.
     *
     * @throws DumpFormatException when it is no capture
     * @throws AgentException if topics or epoch are not as they must be
     */
    public static ReplayResult run(Connection connection, String server, Reader dumps, boolean fast)
            throws IOException {
        DumpReplay replay =
                open(
                        connection,
                        server,
                        Capture.read(dumps),
                        fast ? Options.FAST : Options.REAL_TIME);
        return replay.play();
    }

    /** A replay that can be stopped; the thread that opens it plays it. */
    public static DumpReplay open(
            Connection connection, String server, List<Observation> capture, Options options) {
        if (capture.isEmpty()) {
            throw new IllegalArgumentException("the capture is empty");
        }
        return new DumpReplay(connection, server, capture, options);
    }

    /** Plays it, once, and closes its link. */
    public ReplayResult play() {
        try (link) {
            long played = feed();
            if (!stopping) {
                answered();
            }
            List<ReplaySession> sessions = log.sessions();
            agent.endAll(EndReason.CANCELLED, clock.getAsLong());
            answered();
            return new ReplayResult(
                    server,
                    played / 1000,
                    sessions,
                    agent.counters(),
                    agent.unanswered() + agent.unreleased(),
                    link.undelivered(),
                    agent.supersededBy());
        }
    }

    /** Ends the replay soon, from any thread, with what it has got until then. */
    public void stop() {
        stopping = true;
    }

    /** How much of the capture was played, in milliseconds. */
    private long feed() {
        TunnelFeed feed = new TunnelFeed(options.detector(), agent);
        long begin = capture.get(0).atMillis();
        long wallBegin = wall.getAsLong();
        long played = 0;
        for (Observation observation : capture) {
            played = observation.atMillis() - begin;
            advance(observation.atMillis(), wallBegin + played);
            if (over()) {
                break;
            }
            feed.observe(observation, clock.getAsLong(), log);
            if (options.fast() && !answered()) {
                break;
            }
        }
        return played;
    }

    private void advance(long captureMillis, long wallMillis) {
        captureTime = captureMillis;
        if (options.fast()) {
            link.pump(Duration.ZERO);
            return;
        }
        long left = wallMillis - wall.getAsLong();
        while (left > 0 && !over()) {
            link.pump(left < POLL.toMillis() ? Duration.ofMillis(left) : POLL);
            left = wallMillis - wall.getAsLong();
        }
    }

    /** Waits for the allocator; whether it has answered everything. */
    private boolean answered() {
        Duration patience = stopping ? STOP_WITHIN : options.answerWithin();
        long begin = System.nanoTime();
        while (agent.unanswered() + agent.unreleased() > 0) {
            boolean late = System.nanoTime() - begin > patience.toNanos();
            if (late || agent.supersededBy().isPresent()) {
                return false;
            }
            link.pump(POLL);
        }
        return true;
    }

    private boolean over() {
        return stopping || agent.supersededBy().isPresent();
    }
}
