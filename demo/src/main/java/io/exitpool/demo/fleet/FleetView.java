package io.exitpool.demo.fleet;

import io.exitpool.schemas.PoolStatus;
import java.util.List;
import java.util.Optional;

/** The fleet at one moment, for display: immutable, and without anything about a session. */
public record FleetView(List<ServerView> servers, long events) {

    /**
     * One server.
     *
     * @param reports its agent is alive
     * @param status its pool's last status; none yet at the start
     */
    public record ServerView(
            String name,
            boolean reports,
            Optional<PoolStatus> status,
            int grantsPerMinute,
            int rejectionsPerMinute,
            int adoptionsPerMinute) {}

    public FleetView {
        servers = List.copyOf(servers);
    }
}
