package io.exitpool.demo.registry;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry's content: the client library's own in-memory registry, which parses, numbers and
 * compares schemas as the real one does, with the rules that it leaves out: the compatibility level
 * is enforced, and every refusal has the real one's error code. Not thread-safe.
 */
final class Subjects {

    /** The real registry's default is BACKWARD; this project promises more from the start. */
    private static final String DEFAULT_LEVEL = CompatibilityLevel.BACKWARD_TRANSITIVE.name;

    private static final String GLOBAL = "";
    private static final String LATEST = "latest";

    private final MockSchemaRegistryClient schemas = new MockSchemaRegistryClient();
    private final Map<String, String> levels = new HashMap<>(Map.of(GLOBAL, DEFAULT_LEVEL));
    private final Journal journal;

    Subjects(Journal journal) {
        this.journal = journal;
        for (Journal.Entry entry : journal.read()) {
            replay(entry);
        }
    }

    List<String> names() {
        // A mere question makes the library's registry list a subject: without versions it is none.
        return ask(schemas::getAllSubjects).stream()
                .filter(subject -> !versionsOrNone(subject).isEmpty())
                .sorted()
                .toList();
    }

    List<Integer> versions(String subject) throws RegistryError {
        List<Integer> versions = versionsOrNone(subject);
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        return versions;
    }

    Schema version(String subject, String version) throws RegistryError {
        int number = number(subject, version);
        SchemaMetadata found = ask(() -> schemas.getSchemaMetadata(subject, number));
        return new Schema(subject, found);
    }

    Schema lookup(String subject, RegisterSchemaRequest request, boolean normalize)
            throws RegistryError {
        versions(subject);
        ParsedSchema schema = parse(request);
        try {
            int id = schemas.getId(subject, schema, normalize);
            int version = schemas.getVersion(subject, schema, normalize);
            return new Schema(subject, version, id, schema);
        } catch (RestClientException e) {
            throw RegistryError.schemaNotFound("Schema");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int register(String subject, RegisterSchemaRequest request, boolean normalize)
            throws RegistryError {
        ParsedSchema parsed = parse(request);
        ParsedSchema schema = normalize ? parsed.normalize() : parsed;
        Optional<Integer> known = idOf(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> breaches = breaches(subject, schema, history(subject));
        if (!breaches.isEmpty()) {
            throw RegistryError.incompatible(subject, String.join("; ", breaches));
        }
        int id = ask(() -> schemas.register(subject, schema));
        journal.append(Journal.Entry.schema(subject, id, schema.canonicalString()));
        return id;
    }

    /** What a new version would break; empty: it is compatible. */
    List<String> breaches(String subject, RegisterSchemaRequest request) throws RegistryError {
        return breaches(subject, parse(request), history(subject));
    }

    /** What a new version would break if this were the only one before it. */
    List<String> breaches(String subject, RegisterSchemaRequest request, String version)
            throws RegistryError {
        ParsedSchema schema = parse(request);
        int number = number(subject, version);
        return breaches(subject, schema, List.of(parsed(subject, number)));
    }

    ParsedSchema byId(int id) throws RegistryError {
        try {
            return schemas.getSchemaById(id);
        } catch (RestClientException e) {
            throw RegistryError.schemaNotFound("Schema " + id);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every subject and version that has this id. */
    List<Schema> usesOf(int id) throws RegistryError {
        byId(id);
        List<Schema> uses = new ArrayList<>();
        for (String subject : names()) {
            for (int number : versions(subject)) {
                Schema version = version(subject, Integer.toString(number));
                if (version.getId() == id) {
                    uses.add(version);
                }
            }
        }
        return uses;
    }

    String globalLevel() {
        return levels.get(GLOBAL);
    }

    String level(String subject, boolean orGlobal) throws RegistryError {
        String level = levels.get(subject);
        if (level == null && !orGlobal) {
            throw RegistryError.subjectConfigNotFound(subject);
        }
        return level == null ? globalLevel() : level;
    }

    String setGlobalLevel(String level) throws RegistryError {
        return setLevel(GLOBAL, level);
    }

    String setLevel(String subject, String level) throws RegistryError {
        CompatibilityLevel known = level == null ? null : CompatibilityLevel.forName(level);
        if (known == null) {
            throw RegistryError.invalidCompatibilityLevel();
        }
        levels.put(subject, known.name);
        journal.append(Journal.Entry.compatibility(subject, known.name));
        return known.name;
    }

    private void replay(Journal.Entry entry) {
        if (!entry.isSchema()) {
            levels.put(entry.subject(), entry.text());
            return;
        }
        try {
            RegisterSchemaRequest request = new RegisterSchemaRequest();
            request.setSchema(entry.text());
            ParsedSchema schema = parse(request);
            int id = ask(() -> schemas.register(entry.subject(), schema));
            if (id != entry.id()) {
                throw new IllegalStateException(
                        "the registry's journal gives "
                                + entry.subject()
                                + " id "
                                + entry.id()
                                + ", but reading it again gives "
                                + id);
            }
        } catch (RegistryError e) {
            throw new IllegalStateException("the registry's journal is not readable", e);
        }
    }

    private ParsedSchema parse(RegisterSchemaRequest request) throws RegistryError {
        if (request.getSchema() == null || request.getSchema().isBlank()) {
            throw RegistryError.invalidSchema("empty");
        }
        return schemas.parseSchema(
                        request.getSchemaType(), request.getSchema(), request.getReferences())
                .orElseThrow(() -> RegistryError.invalidSchema(request.getSchema()));
    }

    private Optional<Integer> idOf(String subject, ParsedSchema schema) {
        try {
            return Optional.of(schemas.getId(subject, schema));
        } catch (RestClientException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int number(String subject, String version) throws RegistryError {
        List<Integer> versions = versions(subject);
        if (version.equals(LATEST) || version.equals("-1")) {
            return versions.get(versions.size() - 1);
        }
        if (!version.matches("[1-9][0-9]{0,9}") || Long.parseLong(version) > Integer.MAX_VALUE) {
            throw RegistryError.invalidVersion(version);
        }
        int number = Integer.parseInt(version);
        if (!versions.contains(number)) {
            throw RegistryError.versionNotFound(version);
        }
        return number;
    }

    private List<ParsedSchema> history(String subject) throws RegistryError {
        List<ParsedSchema> history = new ArrayList<>();
        for (int number : versionsOrNone(subject)) {
            history.add(parsed(subject, number));
        }
        return history;
    }

    private List<Integer> versionsOrNone(String subject) {
        try {
            return schemas.getAllVersions(subject);
        } catch (RestClientException e) {
            return List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ParsedSchema parsed(String subject, int version) throws RegistryError {
        return byId(version(subject, Integer.toString(version)).getId());
    }

    private List<String> breaches(String subject, ParsedSchema schema, List<ParsedSchema> history)
            throws RegistryError {
        CompatibilityLevel level = CompatibilityLevel.forName(level(subject, true));
        return schema.isCompatible(
                level,
                new ArrayList<>(history.stream().map(SimpleParsedSchemaHolder::new).toList()));
    }

    /** A question to the library's registry whose refusal would be a defect of this class. */
    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (RestClientException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Question<T> {
        T ask() throws RestClientException, IOException;
    }
}
