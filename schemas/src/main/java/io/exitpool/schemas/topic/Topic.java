package io.exitpool.schemas.topic;

import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic and the type of its values. Keys are servers' names, plain UTF-8, in every topic. One
 * type of value per topic keeps a reader of the topic from decoding it as something else.
 */
public record Topic<T extends SpecificRecord>(String name, Class<T> valueType) {

    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(valueType, "valueType");
    }

    /** The registry's subject of the values' schema (its TopicNameStrategy). */
    public String subject() {
        return name + "-value";
    }

    /**
     * The values' schema as the registry has it: the one that this program was built with, without
     * what the generator of its classes noted for itself.
     */
    public Schema schema() {
        return WireSchema.of(SpecificData.get().getSchema(valueType));
    }
}
