package io.exitpool.bench.peers;

import java.util.List;
import java.util.Set;

/** Who is compared, in the order of the table. */
final class Peers {

    private static final int REDIS_CONNECTIONS = 64;
    private static final int REDIS_PIPELINE = 8;

    /** A server's agent waits for no answer before it sends its next event: many are under way. */
    private static final int EXITPOOL_PIPELINE = 256;

    private Peers() {}

    /**
     * Those of these families.
     *
     * @param clients threads that ask, but for Redis without pipelining: it needs 64 for as many
     *     answers a write to the disk
     */
    static List<Peer> of(Set<Peer.Family> families, int clients) {
        List<Peer> all =
                List.of(
                        new PostgresPeer("PostgreSQL", true, clients),
                        new PostgresPeer("PostgreSQL, synchronous_commit=off", false, clients),
                        new RedisPeer("Redis, AOF always", true, REDIS_CONNECTIONS, 1),
                        new RedisPeer(
                                "Redis, AOF always, pipelined", true, clients, REDIS_PIPELINE),
                        new RedisPeer("Redis, no AOF", false, clients, REDIS_PIPELINE),
                        new BacklogPeer("Exitpool, backlog"),
                        new ExitpoolPeer("Exitpool", false, clients, EXITPOOL_PIPELINE),
                        new ExitpoolPeer(
                                "Exitpool, every append flushed",
                                true,
                                clients,
                                EXITPOOL_PIPELINE));
        return all.stream().filter(peer -> families.contains(peer.family())).toList();
    }
}
