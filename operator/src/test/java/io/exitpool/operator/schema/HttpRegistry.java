package io.exitpool.operator.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.ErrorMessage;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of a schema registry that the commands use, over real HTTP: schemas in the client's own
 * memory, refusals and compatibility as Confluent's registry has them.
 */
final class HttpRegistry implements AutoCloseable {

    static {
        // Otherwise each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final MockSchemaRegistryClient memory = new MockSchemaRegistryClient();
    private final Map<String, String> levels = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile String fault = "";
    private volatile int faultStatus;

    HttpRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    MockSchemaRegistryClient memory() {
        return memory;
    }

    Map<String, String> levels() {
        return levels;
    }

    /** Method and path of what came. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<Headers> headers() {
        return List.copyOf(headers);
    }

    void answerAllWith(int status, String body) {
        fault = body;
        faultStatus = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        headers.add(exchange.getRequestHeaders());
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (faultStatus != 0) {
            respond(exchange, faultStatus, fault);
            return;
        }
        try {
            Object answer = answer(exchange.getRequestMethod(), path.split("/"), body);
            respond(exchange, 200, JacksonMapper.INSTANCE.writeValueAsString(answer));
        } catch (RestClientException e) {
            ErrorMessage error = new ErrorMessage(e.getErrorCode(), e.getMessage());
            respond(exchange, e.getStatus(), JacksonMapper.INSTANCE.writeValueAsString(error));
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The path begins with an empty segment. */
    private Object answer(String method, String[] path, String body)
            throws IOException, RestClientException {
        if (path[1].equals("config")) {
            return method.equals("PUT") ? setLevel(path[2], body) : level(path[2]);
        }
        if (path[1].equals("compatibility")) {
            List<String> breaches = breaches(path[3], schema(body));
            return Map.of("is_compatible", breaches.isEmpty(), "messages", breaches);
        }
        if (method.equals("GET") && path.length == 4) {
            return memory.getAllVersions(path[2]);
        }
        if (method.equals("GET")) {
            int version = Integer.parseInt(path[4]);
            return new Schema(path[2], memory.getSchemaMetadata(path[2], version));
        }
        if (path.length == 4) {
            return Map.of("id", register(path[2], schema(body)));
        }
        AvroSchema schema = schema(body);
        int id = memory.getId(path[2], schema);
        return new Schema(path[2], memory.getVersion(path[2], schema), id);
    }

    private Object level(String subject) throws RestClientException {
        if (!levels.containsKey(subject)) {
            throw new RestClientException("no level of its own", 404, 40408);
        }
        return Map.of("compatibilityLevel", levels.get(subject));
    }

    private Object setLevel(String subject, String body) throws IOException {
        String level = JacksonMapper.INSTANCE.readTree(body).get("compatibility").asText();
        levels.put(subject, level);
        return Map.of("compatibility", level);
    }

    private int register(String subject, AvroSchema schema)
            throws IOException, RestClientException {
        List<String> breaches = breaches(subject, schema);
        if (!breaches.isEmpty()) {
            throw new RestClientException(
                    "Schema being registered is incompatible with an earlier schema, details: "
                            + breaches,
                    409,
                    409);
        }
        return memory.register(subject, schema);
    }

    private List<String> breaches(String subject, AvroSchema schema)
            throws IOException, RestClientException {
        List<Integer> versions;
        try {
            versions = memory.getAllVersions(subject);
        } catch (RestClientException e) {
            return List.of();
        }
        List<io.confluent.kafka.schemaregistry.ParsedSchemaHolder> history = new ArrayList<>();
        for (int version : versions) {
            history.add(
                    new SimpleParsedSchemaHolder(
                            new AvroSchema(
                                    memory.getSchemaMetadata(subject, version).getSchema())));
        }
        String level = levels.getOrDefault(subject, "BACKWARD");
        return schema.isCompatible(CompatibilityLevel.forName(level), history);
    }

    private static AvroSchema schema(String body) throws IOException {
        return new AvroSchema(RegisterSchemaRequest.fromJson(body).getSchema());
    }
}
