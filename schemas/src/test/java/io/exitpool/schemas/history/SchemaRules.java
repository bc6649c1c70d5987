package io.exitpool.schemas.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** What every schema of ours must keep to. Each rule answers with what breaks it, in words. */
final class SchemaRules {

    /** Words of which none may stand in a field's or a type's name: nobody's identity is here. */
    private static final Set<String> FORBIDDEN_WORDS =
            Set.of("key", "user", "peer", "mail", "mac", "ip", "phone", "device", "token", "psk");

    /** The same for parts of words. */
    private static final List<String> FORBIDDEN_PARTS =
            List.of(
                    "account",
                    "customer",
                    "subscriber",
                    "username",
                    "email",
                    "pubkey",
                    "publickey",
                    "privatekey",
                    "tunnel",
                    "client",
                    "endpoint",
                    "handshake",
                    "payment",
                    "hostname");

    private SchemaRules() {}

    /** Types and fields without a doc. */
    static List<String> undocumented(Schema schema) {
        List<String> found = new ArrayList<>();
        visit(
                schema,
                (name, doc) -> {
                    if (doc == null || doc.isBlank()) {
                        found.add(name + " has no doc");
                    }
                });
        return found;
    }

    /** Types and fields with a name that tells of a person. */
    static List<String> personal(Schema schema) {
        List<String> found = new ArrayList<>();
        visit(
                schema,
                (name, doc) -> {
                    if (isForbidden(name.substring(name.lastIndexOf('.') + 1))) {
                        found.add(
                                name
                                        + " is a name that no topic may have"
                                        + " (docs/data-inventory.md)");
                    }
                });
        return found;
    }

    /** Enums whose unknown symbols an older reader could not read. */
    static List<String> withoutDefault(Schema schema) {
        List<String> found = new ArrayList<>();
        for (Schema type : types(schema)) {
            if (type.getType() == Schema.Type.ENUM && type.getEnumDefault() == null) {
                found.add(type.getFullName() + " has no default for symbols to come");
            }
        }
        return found;
    }

    /** What keeps a reader with this schema from records of an earlier one. */
    static List<String> incompatible(Schema reader, Schema writer) {
        SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        return pair.getResult().getIncompatibilities().stream()
                .map(found -> found.getLocation() + ": " + found.getMessage())
                .toList();
    }

    private static boolean isForbidden(String name) {
        String[] words =
                name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("_");
        String joined = String.join("", words);
        return FORBIDDEN_PARTS.stream().anyMatch(joined::contains)
                || List.of(words).stream()
                        .map(word -> word.replaceAll("(s|[0-9]+)$", ""))
                        .anyMatch(FORBIDDEN_WORDS::contains);
    }

    private interface Named {
        void found(String name, String doc);
    }

    private static void visit(Schema schema, Named each) {
        for (Schema type : types(schema)) {
            each.found(type.getFullName(), type.getDoc());
            type.getAliases().forEach(alias -> each.found(alias, type.getDoc()));
            if (type.getType() == Schema.Type.RECORD) {
                for (Schema.Field field : type.getFields()) {
                    each.found(type.getFullName() + "." + field.name(), field.doc());
                    field.aliases()
                            .forEach(
                                    alias ->
                                            each.found(
                                                    type.getFullName() + "." + alias, field.doc()));
                }
            }
        }
    }

    /** All named types of a schema, once each, in their order. */
    private static Collection<Schema> types(Schema schema) {
        Map<String, Schema> named = new LinkedHashMap<>();
        collect(schema, named);
        return named.values();
    }

    private static void collect(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM, FIXED -> named.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), named);
            case MAP -> collect(schema.getValueType(), named);
            case UNION -> schema.getTypes().forEach(type -> collect(type, named));
            default -> {
                // Primitives have neither name nor doc.
            }
        }
    }
}
