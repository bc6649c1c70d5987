package io.exitpool.agent;

import io.exitpool.agent.protocol.AgentObserver;
import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.agent.wireguard.DetectorSettings;
import io.exitpool.schemas.connection.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The agent of a WireGuard interface of this machine. The exit map is in memory only: sessions are
 * reported and decisions followed, packets are not touched. When it stops, sessions are not ended,
 * because the tunnels live on.
 */
final class LiveInterface {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long REPORT_MILLIS = 60_000;

    /** What is observed and how. */
    record Options(
            String program,
            String networkInterface,
            Duration every,
            DetectorSettings detector,
            Wish wish,
            Optional<Path> stateDir) {}

    private final Options options;
    private final AgentLink link;
    private final Wall wall;
    private final MemoryMap map;
    private volatile boolean stopping;

    private LiveInterface(Options options, AgentLink link, Wall wall, MemoryMap map) {
        this.options = options;
        this.link = link;
        this.wall = wall;
        this.map = map;
    }

    static LiveInterface open(Connection connection, String server, Options options) {
        Wall wall = new Wall();
        MemoryMap map = new MemoryMap();
        AgentLink.Options linkOptions =
                new AgentLink.Options(
                        AgentSettings.DEFAULT,
                        options.wish(),
                        map,
                        AgentObserver.NONE,
                        options.stateDir(),
                        wall);
        AgentLink link = AgentLink.open(connection, server, linkOptions, Map.of());
        return new LiveInterface(options, link, wall, map);
    }

    /** Runs until it is stopped; whether it stopped because another agent speaks for the server. */
    boolean run(Consumer<AgentLink> report) {
        try (link;
                WgShow wg =
                        WgShow.start(
                                options.program(), options.networkInterface(), options.every())) {
            TunnelFeed feed = new TunnelFeed(options.detector(), link.agent());
            long nextReport = wall.getAsLong();
            while (!stopping && link.agent().supersededBy().isEmpty()) {
                wg.next()
                        .ifPresent(
                                seen ->
                                        feed.observe(
                                                seen, wall.getAsLong(), TunnelFeed.Listener.NONE));
                link.pump(POLL);
                if (wall.getAsLong() >= nextReport) {
                    nextReport += REPORT_MILLIS;
                    report.accept(link);
                }
            }
            return link.agent().supersededBy().isPresent();
        }
    }

    /** Sessions with an address now. */
    int mapped() {
        return map.size();
    }

    /** Ends {@link #run}, from any thread. */
    void stop() {
        stopping = true;
        link.stop();
    }
}
