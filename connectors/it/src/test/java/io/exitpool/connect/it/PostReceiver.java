package io.exitpool.connect.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/** Takes posted JSON on a free port, remembers it with the answer, and answers by a rule. */
final class PostReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was posted, and the status that it was answered with. */
    record Post(JsonNode json, Map<String, List<String>> headers, int status) {
        boolean accepted() {
            return status == 200;
        }
    }

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile ToIntFunction<JsonNode> rule = json -> 200;

    PostReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** From now on it answers with the status that the rule gives. */
    void answer(ToIntFunction<JsonNode> statuses) {
        rule = statuses;
    }

    List<Post> posts() {
        return posts;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) {
        try (exchange) {
            JsonNode json = JSON.readTree(exchange.getRequestBody());
            int status = rule.applyAsInt(json);
            posts.add(new Post(json, Map.copyOf(exchange.getRequestHeaders()), status));
            exchange.sendResponseHeaders(status, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
