package io.exitpool.connect.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A peer on a free port of the loopback that remembers what it got, and answers as it is told. */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request. */
    record Request(String path, Headers headers, byte[] body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What it says: a status and a text. */
    record Reply(int status, String text, String retryAfter) {
        static Reply of(int status) {
            return new Reply(status, "", null);
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Reply> next = new ArrayDeque<>();
    private final HttpServer server;
    private volatile Function<Request, Reply> rule = request -> Reply.of(200);

    Receiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next requests like this, and those after them as before. */
    void next(Reply... replies) {
        synchronized (next) {
            next.addAll(List.of(replies));
        }
    }

    void always(Function<Request, Reply> answers) {
        rule = answers;
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request =
                    new Request(
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders(),
                            exchange.getRequestBody().readAllBytes());
            requests.add(request);
            Reply scripted;
            synchronized (next) {
                scripted = next.poll();
            }
            Reply reply = scripted == null ? rule.apply(request) : scripted;
            if (reply.retryAfter() != null) {
                exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
            }
            byte[] text = reply.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        }
    }
}
