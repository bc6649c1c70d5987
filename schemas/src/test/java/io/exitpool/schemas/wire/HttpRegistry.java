package io.exitpool.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.ErrorMessage;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaResponse;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a schema registry that serdes use, over real HTTP: the client's own memory answers. A
 * test can put a fault between the two, and sees the requests that came.
 */
public final class HttpRegistry implements AutoCloseable {

    static {
        // Otherwise each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");
    private static final Pattern REGISTER = Pattern.compile("/subjects/([^/]+)/versions");
    private static final Pattern LOOK_UP = Pattern.compile("/subjects/([^/]+)");

    /** What a request is answered with. */
    public record Answer(int status, String body) {

        static Answer error(int status, int code, String message) {
            return new Answer(status, json(new ErrorMessage(code, message)));
        }
    }

    /** One request that came. */
    public record Request(String method, String path, Headers headers) {}

    private final MockSchemaRegistryClient memory = new MockSchemaRegistryClient();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Function<Request, Optional<Answer>> fault = request -> Optional.empty();

    public HttpRegistry() {
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

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What the registry knows, to be read and filled by the test. */
    public MockSchemaRegistryClient memory() {
        return memory;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Answers in the registry's stead whatever the function does. */
    public void fault(Function<Request, Optional<Answer>> answers) {
        fault = answers;
    }

    public void answerAllWith(int status, String body) {
        fault(request -> Optional.of(new Answer(status, body)));
    }

    public void heal() {
        fault(request -> Optional.empty());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request =
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders());
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Answer answer = fault.apply(request).orElseGet(() -> answer(request, body));
        requests.add(request);
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(Request request, String body) {
        try {
            Matcher byId = BY_ID.matcher(request.path());
            if (byId.matches()) {
                return byId(Integer.parseInt(byId.group(1)));
            }
            Matcher register = REGISTER.matcher(request.path());
            if (register.matches()) {
                return ok(
                        new RegisterSchemaResponse(
                                memory.register(register.group(1), schema(body))));
            }
            Matcher lookUp = LOOK_UP.matcher(request.path());
            if (lookUp.matches()) {
                String subject = lookUp.group(1);
                int id = memory.getId(subject, schema(body));
                return ok(
                        new io.confluent.kafka.schemaregistry.client.rest.entities.Schema(
                                subject, 1, id));
            }
            return Answer.error(404, 404, "HTTP 404 Not Found");
        } catch (RestClientException e) {
            return Answer.error(e.getStatus(), e.getErrorCode(), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer byId(int id) throws IOException {
        try {
            return ok(new SchemaString(memory.getSchemaById(id).canonicalString()));
        } catch (RestClientException e) {
            // The memory speaks of a subject here (40401), a real registry of a schema.
            return Answer.error(404, 40403, "Schema " + id + " not found");
        }
    }

    private static AvroSchema schema(String body) throws IOException {
        return new AvroSchema(RegisterSchemaRequest.fromJson(body).getSchema());
    }

    private static Answer ok(Object body) {
        return new Answer(200, json(body));
    }

    private static String json(Object body) {
        try {
            return JacksonMapper.INSTANCE.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
