package io.exitpool.connect.alerts.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts JSON documents and says what became of them. Tries once; whoever calls tries again. */
public final class JsonClient {
    private static final int QUOTED_CHARS = 300;

    private final HttpClient http;
    private final HttpSettings settings;

    public JsonClient(HttpSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        // An upgrade to HTTP/2 in clear text is what many small receivers choke on.
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.connectTimeout());
        settings.tls().ifPresent(builder::sslContext);
        http = builder.build();
    }

    /** Never completes exceptionally, and within the request's time-out. */
    public CompletableFuture<Answer> post(URI uri, byte[] json, Map<String, String> headers) {
        // HttpClient's own time-out ends with the headers; this one covers the body too.
        return http.sendAsync(request(uri, json, headers, settings), textUnlessAccepted())
                .orTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(JsonClient::answer)
                .exceptionally(this::unavailable);
    }

    /**
     * The request as it would be sent.
     *
     * @throws IllegalArgumentException if the address or a header cannot be sent
     */
    static HttpRequest request(
            URI uri, byte[] json, Map<String, String> headers, HttpSettings settings) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(settings.requestTimeout())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json));
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        headers.forEach(request::setHeader);
        return request.build();
    }

    private static BodyHandler<String> textUnlessAccepted() {
        return response ->
                response.statusCode() / 100 == 2
                        ? BodySubscribers.replacing("")
                        : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static Answer answer(HttpResponse<String> response) {
        String text = response.body().strip().replaceAll("\\s+", " ");
        String quoted =
                text.length() > QUOTED_CHARS ? text.substring(0, QUOTED_CHARS) + "..." : text;
        return Answer.of(
                response.statusCode(), quoted.isEmpty() ? "" : ": " + quoted, retryAfter(response));
    }

    /** Seconds only: the other form, a date, is rare and would need a common clock. */
    private static OptionalLong retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> OptionalLong.of(TimeUnit.SECONDS.toMillis(Long.parseLong(value))))
                .orElse(OptionalLong.empty());
    }

    private Answer unavailable(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return Answer.unavailable(
                    "no answer within " + settings.requestTimeout().toMillis() + " ms");
        }
        if (cause instanceof IOException) {
            String message = cause.getMessage();
            return Answer.unavailable(
                    cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
        }
        throw thrown instanceof RuntimeException unexpected
                ? unexpected
                : new CompletionException(thrown);
    }
}
