package io.exitpool.bench.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The arguments of the two scripts, with the bytes that repeat made once. Safe to share. */
final class RedisScripts {

    private static final byte[] THREE_KEYS = bytes("3");

    private final byte[] start;
    private final byte[] end;
    private final byte[] decisions;
    private final byte[] rest;
    private final byte[][] freeSlots;
    private final byte[][] leases;
    private final byte[][] servers;

    RedisScripts(String startSha, String endSha, String decisions, Fleet fleet) {
        this.start = bytes(startSha);
        this.end = bytes(endSha);
        this.decisions = bytes(decisions);
        this.rest = bytes(Integer.toString(fleet.minRestMillis()));
        this.freeSlots = new byte[fleet.servers()][];
        this.leases = new byte[fleet.servers()][];
        this.servers = new byte[fleet.servers()][];
        for (int i = 0; i < fleet.servers(); i++) {
            freeSlots[i] = bytes(freeSlots(i));
            leases[i] = bytes("leases:" + i);
            servers[i] = bytes(Integer.toString(i));
        }
    }

    static String freeSlots(int server) {
        return "free:" + server;
    }

    byte[][] arguments(Step step) {
        int server = step.server();
        byte[] session = session(step.session());
        return step.isStart()
                ? new byte[][] {
                    start,
                    THREE_KEYS,
                    freeSlots[server],
                    leases[server],
                    decisions,
                    session,
                    servers[server]
                }
                : new byte[][] {
                    end,
                    THREE_KEYS,
                    freeSlots[server],
                    leases[server],
                    decisions,
                    session,
                    servers[server],
                    rest
                };
    }

    private static byte[] session(UUID session) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
