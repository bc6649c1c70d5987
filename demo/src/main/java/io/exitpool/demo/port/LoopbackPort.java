package io.exitpool.demo.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses a port on the loopback interface: the one asked for, else the one that the same server
 * had before, else any free one. A server that comes back where its clients left it needs no word
 * to them.
 */
public final class LoopbackPort {

    /** The literal address, because {@code localhost} may resolve to IPv6 for one side only. */
    public static final String HOST = "127.0.0.1";

    /**
     * Ports are chosen below Linux' range for outgoing connections (32768 and up). A client that
     * retries against a stopped server inside that range can be given the server's port as its own
     * source port, connect to itself, and so keep the server from coming back.
     */
    private static final int LOWEST_PORT = 20_000;

    private static final int HIGHEST_PORT = 32_000;
    private static final int ATTEMPTS = 100;

    private LoopbackPort() {}

    /** The port asked for, or a free one for 0; throws {@link TakenPortException}. */
    public static int choose(int wanted) {
        if (wanted < 0 || wanted > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + wanted);
        }
        return wanted == 0 ? freeOtherThan(0) : requireFree(wanted);
    }

    /** As {@link #choose}, but for 0 the port noted in the file comes first while it is free. */
    public static int choose(int wanted, Path lastPort) {
        if (wanted == 0 && Files.exists(lastPort)) {
            int last = noted(lastPort);
            if (isFree(last)) {
                return last;
            }
        }
        return choose(wanted);
    }

    /** Any free port but this one. */
    public static int freeOtherThan(int excluded) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            if (candidate != excluded && isFree(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "no free port found between " + LOWEST_PORT + " and " + HIGHEST_PORT);
    }

    /** Notes the port for the next {@link #choose(int, Path)}. */
    public static void note(int port, Path file) {
        try {
            Files.writeString(file, Integer.toString(port), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int noted(Path file) {
        try {
            return Integer.parseInt(Files.readString(file, StandardCharsets.US_ASCII).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int requireFree(int port) {
        if (!isFree(port)) {
            throw new TakenPortException(port);
        }
        return port;
    }

    /** Asked before the start, because a Kafka broker takes seconds to find out for itself. */
    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
