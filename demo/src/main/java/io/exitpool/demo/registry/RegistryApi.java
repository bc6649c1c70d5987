package io.exitpool.demo.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.ConfigUpdateRequest;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.util.List;
import java.util.Map;

/** Confluent's REST API: what each method and path means, without HTTP. */
final class RegistryApi {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Subjects subjects;

    RegistryApi(Subjects subjects) {
        this.subjects = subjects;
    }

    /**
     * One request.
     *
     * @param path the decoded segments of the path
     */
    record Request(String method, List<String> path, Map<String, String> query, String body) {

        boolean is(String wantedMethod, String... pattern) {
            if (!method.equals(wantedMethod) || path.size() != pattern.length) {
                return false;
            }
            for (int i = 0; i < pattern.length; i++) {
                if (!pattern[i].equals("*") && !pattern[i].equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        boolean flag(String name) {
            return Boolean.parseBoolean(query.get(name));
        }

        String segment(int index) {
            return path.get(index);
        }
    }

    /** The JSON text that answers a request. */
    synchronized String answer(Request request) throws RegistryError {
        Object answer = route(request);
        try {
            return answer instanceof RawSchema raw ? raw.text() : JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A schema as it is, not quoted within a JSON object. */
    private record RawSchema(String text) {}

    private Object route(Request request) throws RegistryError {
        if (request.is("GET")) {
            return Map.of();
        }
        if (request.is("GET", "schemas", "types")) {
            return List.of("AVRO");
        }
        if (request.is("GET", "mode") || request.is("GET", "mode", "*")) {
            return Map.of("mode", "READWRITE");
        }
        return switch (request.path().get(0)) {
            case "subjects" -> subjects(request);
            case "schemas" -> schemas(request);
            case "compatibility" -> compatibility(request);
            case "config" -> config(request);
            default -> throw unknown(request);
        };
    }

    private Object subjects(Request request) throws RegistryError {
        if (request.is("GET", "subjects")) {
            String prefix = request.query().getOrDefault("subjectPrefix", "");
            return subjects.names().stream().filter(name -> name.startsWith(prefix)).toList();
        }
        if (request.is("POST", "subjects", "*")) {
            return subjects.lookup(
                    request.segment(1), schemaIn(request), request.flag("normalize"));
        }
        if (request.is("GET", "subjects", "*", "versions")) {
            return subjects.versions(request.segment(1));
        }
        if (request.is("POST", "subjects", "*", "versions")) {
            return Map.of(
                    "id",
                    subjects.register(
                            request.segment(1), schemaIn(request), request.flag("normalize")));
        }
        if (request.is("GET", "subjects", "*", "versions", "*")) {
            return subjects.version(request.segment(1), request.segment(3));
        }
        if (request.is("GET", "subjects", "*", "versions", "*", "schema")) {
            Schema version = subjects.version(request.segment(1), request.segment(3));
            return new RawSchema(version.getSchema());
        }
        throw unknown(request);
    }

    private Object schemas(Request request) throws RegistryError {
        if (request.is("GET", "schemas", "ids", "*")) {
            return new SchemaString(subjects.byId(id(request)).canonicalString());
        }
        if (request.is("GET", "schemas", "ids", "*", "schema")) {
            return new RawSchema(subjects.byId(id(request)).canonicalString());
        }
        if (request.is("GET", "schemas", "ids", "*", "subjects")) {
            return subjects.usesOf(id(request)).stream()
                    .map(Schema::getSubject)
                    .distinct()
                    .toList();
        }
        if (request.is("GET", "schemas", "ids", "*", "versions")) {
            return subjects.usesOf(id(request)).stream()
                    .map(use -> new SubjectVersion(use.getSubject(), use.getVersion()))
                    .toList();
        }
        throw unknown(request);
    }

    private Object compatibility(Request request) throws RegistryError {
        if (request.is("POST", "compatibility", "subjects", "*", "versions")) {
            return verdict(request, subjects.breaches(request.segment(2), schemaIn(request)));
        }
        if (request.is("POST", "compatibility", "subjects", "*", "versions", "*")) {
            return verdict(
                    request,
                    subjects.breaches(request.segment(2), schemaIn(request), request.segment(4)));
        }
        throw unknown(request);
    }

    private static Map<String, Object> verdict(Request request, List<String> breaches) {
        return request.flag("verbose")
                ? Map.of("is_compatible", breaches.isEmpty(), "messages", breaches)
                : Map.of("is_compatible", breaches.isEmpty());
    }

    private Object config(Request request) throws RegistryError {
        if (request.is("GET", "config")) {
            return Map.of("compatibilityLevel", subjects.globalLevel());
        }
        if (request.is("GET", "config", "*")) {
            return Map.of(
                    "compatibilityLevel",
                    subjects.level(request.segment(1), request.flag("defaultToGlobal")));
        }
        if (request.is("PUT", "config")) {
            return Map.of("compatibility", subjects.setGlobalLevel(levelIn(request)));
        }
        if (request.is("PUT", "config", "*")) {
            return Map.of("compatibility", subjects.setLevel(request.segment(1), levelIn(request)));
        }
        throw unknown(request);
    }

    private static int id(Request request) throws RegistryError {
        String text = request.segment(2);
        if (!text.matches("[0-9]{1,9}")) {
            throw RegistryError.schemaNotFound("Schema " + text);
        }
        return Integer.parseInt(text);
    }

    private static RegisterSchemaRequest schemaIn(Request request) throws RegistryError {
        return read(request, RegisterSchemaRequest.class);
    }

    private static String levelIn(Request request) throws RegistryError {
        return read(request, ConfigUpdateRequest.class).getCompatibilityLevel();
    }

    private static <T> T read(Request request, Class<T> type) throws RegistryError {
        try {
            return JSON.readValue(request.body(), type);
        } catch (JsonProcessingException e) {
            throw RegistryError.unreadableBody(e.getOriginalMessage());
        }
    }

    private static RegistryError unknown(Request request) {
        return List.of("GET", "POST", "PUT").contains(request.method())
                ? RegistryError.pathNotFound("/" + String.join("/", request.path()))
                : RegistryError.methodNotAllowed(request.method());
    }
}
