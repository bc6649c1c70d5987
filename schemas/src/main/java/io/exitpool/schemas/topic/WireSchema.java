package io.exitpool.schemas.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A generated class's schema without {@code avro.java.string}. The property would make the schema
 * another one than a writer in any other language registers, for the same bytes.
 */
final class WireSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WireSchema() {}

    static Schema of(Schema generated) {
        try {
            JsonNode plain = withoutJava(JSON.readTree(generated.toString()));
            return new Schema.Parser().parse(JSON.writeValueAsString(plain));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
        }
    }

    private static JsonNode withoutJava(JsonNode node) {
        if (node.isArray()) {
            ArrayNode plain = JSON.createArrayNode();
            node.forEach(item -> plain.add(withoutJava(item)));
            return plain;
        }
        if (node.isObject()) {
            ObjectNode plain = JSON.createObjectNode();
            node.forEachEntry((name, value) -> plain.set(name, withoutJava(value)));
            plain.remove(GenericData.STRING_PROP);
            // {"type": "string"} is "string".
            JsonNode type = plain.get("type");
            return plain.size() == 1 && type != null && type.isTextual() ? type : plain;
        }
        return node;
    }
}
