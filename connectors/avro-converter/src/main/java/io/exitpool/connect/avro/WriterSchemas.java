package io.exitpool.connect.avro;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry, asked for the schemas that values were written with. An outage is logged when it
 * begins and when it ends, not for each record.
 */
final class WriterSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(WriterSchemas.class);
    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient client;
    private boolean outage;

    WriterSchemas(SchemaRegistryClient client) {
        this.client = client;
    }

    /**
     * The Avro schema of an id.
     *
     * @throws DataException if the registry has no such schema, or one that is not Avro
     * @throws RetriableException if it does not answer, or refuses: the record is not to blame
     */
    Schema byId(int id) {
        ParsedSchema answer;
        try {
            answer = client.getSchemaById(id);
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                answered();
                throw new DataException("the schema registry has no such schema", e);
            }
            throw unanswered(id, e);
        } catch (IOException e) {
            throw unanswered(id, e);
        }
        answered();
        if (answer instanceof AvroSchema avro) {
            return avro.rawSchema();
        }
        throw new DataException("the schema is " + answer.schemaType() + ", not Avro");
    }

    private RetriableException unanswered(int id, Exception e) {
        String trouble =
                "the schema registry does not give schema "
                        + id
                        + " ("
                        + e.getMessage()
                        + "): check that it runs and value.converter.schema.registry.* fits it";
        if (!outage) {
            outage = true;
            LOG.warn("{}. Records wait for it.", trouble);
        }
        return new RetriableException(trouble, e);
    }

    private void answered() {
        if (outage) {
            outage = false;
            LOG.info("The schema registry answers again.");
        }
    }
}
