package io.exitpool.streams.app;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.StartException.Kind;
import io.exitpool.streams.config.Part;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be true of the registry before anything is allocated: it answers, and it knows the
 * schemas that will be written. Later a registry that is down only delays.
 */
final class SchemaCheck {
    private static final Map<Part, List<Topic<?>>> WRITTEN =
            Map.of(
                    Part.ALLOCATION,
                    List.of(Topics.SESSION_EVENTS, Topics.DECISIONS, Topics.POOL_STATUS),
                    Part.INSIGHT,
                    List.of(
                            Topics.POOL_STATS_1M,
                            Topics.POOL_STATS_1H,
                            Topics.FLEET_STATS_1M,
                            Topics.FLEET_STATS_1H,
                            Topics.POOL_ALERTS));

    private SchemaCheck() {}

    /**
     * @throws StartException when the registry does not answer or lacks a schema
     */
    static void check(Connection connection, SchemaRegistryClient registry, Set<Part> parts) {
        for (Part part : parts) {
            check(connection, registry, WRITTEN.get(part));
        }
    }

    private static void check(
            Connection connection, SchemaRegistryClient registry, List<Topic<?>> written) {
        for (Topic<?> topic : written) {
            AvroSchema schema = new AvroSchema(topic.schema());
            try {
                if (connection.autoRegister()) {
                    registry.register(topic.subject(), schema);
                } else {
                    registry.getId(topic.subject(), schema);
                }
            } catch (RestClientException e) {
                throw refused(connection, topic, e);
            } catch (IOException e) {
                throw new StartException(
                        Kind.UNREACHABLE,
                        "The schema registry at %s does not answer (%s): check schema.registry.url"
                                .formatted(connection.registryUrl(), e.getMessage()),
                        e);
            }
        }
    }

    private static StartException refused(
            Connection connection, Topic<?> topic, RestClientException e) {
        if (e.getErrorCode() / 100 == 404) {
            return new StartException(
                    Kind.NOT_PREPARED,
                    ("The schema registry at %s does not have this version's schema of "
                                    + "%s: register the schemas with ./exitpool schemas register")
                            .formatted(connection.registryUrl(), topic.subject()),
                    e);
        }
        return new StartException(
                Kind.UNREACHABLE,
                ("The schema registry at %s answered %d for %s (%s): check "
                                + "schema.registry.*, or see ./exitpool schemas check")
                        .formatted(
                                connection.registryUrl(),
                                e.getStatus(),
                                topic.subject(),
                                e.getMessage()),
                e);
    }
}
