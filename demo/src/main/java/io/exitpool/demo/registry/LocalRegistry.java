package io.exitpool.demo.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.streams.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this JVM, reachable from this machine only unless told otherwise, that
 * speaks Confluent's REST API as far as producers, consumers and schema tools use it: subjects and
 * versions are registered, looked up and read, compatibility is checked and enforced. Deletion,
 * contexts and modes are left out. Kept in a directory, its schemas survive {@link #close()} and
 * have the same ids afterwards, as the records in a topic that outlives it need.
 */
public final class LocalRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int THREADS = 4;
    private static final int INTERNAL_ERROR = 500;
    private static final int OK = 200;

    private final HttpServer server;
    private final ExecutorService threads;

    private LocalRegistry(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts an empty registry that forgets everything when it closes.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @throws io.exitpool.demo.port.TakenPortException if the port is taken
     */
    public static LocalRegistry start(int port) {
        return start(loopback(LoopbackPort.choose(port)), Journal.none());
    }

    /**
     * Starts the registry that lives in a directory.
     *
     * @param dataDir created when absent; one running registry per directory
     * @param port 1 to 65535, or 0 for the last port used from this directory, else any free one
     * @throws io.exitpool.demo.port.TakenPortException if the port is taken
     */
    public static LocalRegistry start(Path dataDir, int port) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path lastPort = dataDir.resolve("port");
        int chosen = LoopbackPort.choose(port, lastPort);
        LocalRegistry registry = start(loopback(chosen), journal(dataDir));
        LoopbackPort.note(chosen, lastPort);
        return registry;
    }

    /**
     * Starts the registry that lives in a directory, for whoever reaches that address.
     *
     * @param dataDir exists; one running registry per directory
     * @throws UncheckedIOException if it cannot listen there
     */
    public static LocalRegistry serve(Path dataDir, HostPort where) {
        return start(where, journal(dataDir));
    }

    private static HostPort loopback(int port) {
        return new HostPort(LoopbackPort.HOST, port);
    }

    private static Journal journal(Path dataDir) {
        return Journal.at(dataDir.resolve("schemas.jsonl"));
    }

    private static LocalRegistry start(HostPort where, Journal journal) {
        RegistryApi api = new RegistryApi(new Subjects(journal));
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(where.host(), where.port()), 0);
            ExecutorService threads =
                    Executors.newFixedThreadPool(THREADS, LocalRegistry::daemonThread);
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(api, exchange));
            server.start();
            return new LocalRegistry(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the local schema registry cannot listen on " + where + ": " + e.getMessage(),
                    e);
        }
    }

    /** Its address for clients. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        return "http://" + new HostPort(address.getHostString(), address.getPort());
    }

    /** Stops answering, at once. Idempotent. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "local-registry");
        thread.setDaemon(true);
        return thread;
    }

    private static void serve(RegistryApi api, HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, OK, api.answer(read(exchange)));
            } catch (RegistryError e) {
                send(exchange, e.httpStatus(), error(e.code(), e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("the local registry failed on {}", exchange.getRequestURI(), e);
                send(exchange, INTERNAL_ERROR, error(INTERNAL_ERROR, "Internal Server Error"));
            }
        }
    }

    private static RegistryApi.Request read(HttpExchange exchange) throws IOException {
        List<String> path =
                Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .map(segment -> decode(segment.replace("+", "%2B")))
                        .toList();
        Map<String, String> query = new HashMap<>();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new RegistryApi.Request(exchange.getRequestMethod(), path, query, body);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message).toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
