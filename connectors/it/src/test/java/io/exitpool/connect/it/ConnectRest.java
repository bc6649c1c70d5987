package io.exitpool.connect.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A worker's REST interface. */
final class ConnectRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ConnectRest(String url) {
        this.url = url;
    }

    /** Whether the worker has read its topics and joined its group. */
    boolean answers() {
        try {
            return send(request("/connectors").GET()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What it answers; an empty object when there is no such thing, or not yet. */
    JsonNode get(String path) {
        HttpResponse<String> response = send(request(path).GET());
        return response.statusCode() == 200 ? json(response) : JSON.createObjectNode();
    }

    /**
     * Whether the worker took it; false while it is busy sharing out work.
     *
     * @throws IllegalArgumentException if it refused
     */
    boolean put(String path, Map<String, String> body) throws IOException {
        HttpResponse<String> response =
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
        if (response.statusCode() == CONFLICT || response.statusCode() >= 500) {
            return false;
        }
        if (response.statusCode() >= 400) {
            throw new IllegalArgumentException(json(response).path("message").asText());
        }
        return true;
    }

    void post(String path) {
        send(request(path).POST(BodyPublishers.noBody()));
    }

    void delete(String path) {
        send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
