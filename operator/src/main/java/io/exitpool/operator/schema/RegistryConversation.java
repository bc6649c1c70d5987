package io.exitpool.operator.schema;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a registry about our subjects. Every schema that a topic ever had must stay
 * readable, because a topic that is compacted keeps its oldest records; hence the level.
 */
final class RegistryConversation {

    static final String LEVEL = "BACKWARD_TRANSITIVE";

    private final SchemaRegistryClient registry;

    RegistryConversation(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /** One subject as it is registered. */
    record Registered(String subject, int id, int version) {}

    /** Registers what is not registered yet, in the order of the topics. */
    List<Registered> register() throws IOException, RestClientException {
        List<Registered> all = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            AvroSchema schema = new AvroSchema(topic.schema());
            String subject = topic.subject();
            // Nothing is written that is there already: looking needs fewer rights.
            if (!LEVEL.equals(level(subject))) {
                registry.updateCompatibility(subject, LEVEL);
            }
            int id = registry.register(subject, schema);
            all.add(new Registered(subject, id, registry.getVersion(subject, schema)));
        }
        return all;
    }

    /** What the registry would say to each subject's schema, in the order of the topics. */
    List<Verdict> check() throws IOException, RestClientException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            verdicts.add(check(topic.subject(), new AvroSchema(topic.schema())));
        }
        return verdicts;
    }

    private Verdict check(String subject, AvroSchema schema)
            throws IOException, RestClientException {
        List<Integer> versions = versions(subject);
        if (versions.isEmpty()) {
            return new Verdict.Compatible(subject, level(subject), 0);
        }
        try {
            int id = registry.getId(subject, schema);
            int version = registry.getVersion(subject, schema);
            return new Verdict.Registered(subject, level(subject), id, version);
        } catch (RestClientException e) {
            if (!isNotFound(e)) {
                throw e;
            }
        }
        List<String> breaches = breaches(subject, schema, versions);
        return breaches.isEmpty()
                ? new Verdict.Compatible(subject, level(subject), versions.size())
                : new Verdict.Incompatible(subject, level(subject), breaches);
    }

    /**
     * The registry compares with the newest version, by whatever level it has; with the older ones
     * its client compares here, by the registry's own rules.
     */
    private List<String> breaches(String subject, AvroSchema schema, List<Integer> versions)
            throws IOException, RestClientException {
        List<String> breaches = new ArrayList<>();
        for (int version : versions) {
            ParsedSchema earlier =
                    new AvroSchema(registry.getSchemaMetadata(subject, version).getSchema());
            for (String breach : schema.isBackwardCompatible(earlier)) {
                breaches.add("version " + version + ": " + breach);
            }
        }
        if (breaches.isEmpty()) {
            breaches.addAll(registry.testCompatibilityVerbose(subject, schema));
        }
        return breaches;
    }

    private List<Integer> versions(String subject) throws IOException, RestClientException {
        try {
            return registry.getAllVersions(subject);
        } catch (RestClientException e) {
            if (isNotFound(e)) {
                return List.of();
            }
            throw e;
        }
    }

    /** The subject's own level, or words for none. */
    private String level(String subject) throws IOException, RestClientException {
        try {
            return registry.getCompatibility(subject);
        } catch (RestClientException e) {
            if (isNotFound(e)) {
                return "the registry's default";
            }
            throw e;
        }
    }

    /** The registry knows no such thing; a plain 404 is not a registry's. */
    private static boolean isNotFound(RestClientException e) {
        return e.getErrorCode() / 100 == 404;
    }
}
