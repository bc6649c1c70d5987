package io.exitpool.connect.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Makes alerts of what a converter read, by the names of fields: it runs with any converter for
 * Avro that knows the registry. What a schema of another version lacks is absent; what must be
 * there is checked, because it goes into labels and headers of other systems.
 */
final class AlertReader {
    private static final Pattern SERVER = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern KIND = Pattern.compile("[A-Z0-9_]{1,63}");
    private static final String RESOLVED = "RESOLVED";

    /** The last millisecond that RFC 3339 can write. */
    private static final long LAST_MILLIS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private AlertReader() {}

    /**
     * The alert in a record's value.
     *
     * @throws DataException that says what is wrong with it
     */
    static PoolAlert read(Object value) {
        if (!(value instanceof Struct struct)) {
            throw new DataException(
                    "The value is a "
                            + value.getClass().getSimpleName()
                            + " without a schema: set value.converter to one for Avro");
        }
        String server = name(struct, "server", SERVER);
        String kind = name(struct, "kind", KIND);
        Instant openedAt = time(struct, "openedAt").orElseThrow(() -> missing("openedAt"));
        Optional<Instant> resolvedAt =
                text(struct, "state").equals(RESOLVED)
                        ? Optional.of(
                                time(struct, "resolvedAt").orElseThrow(() -> missing("resolvedAt")))
                        : Optional.empty();
        if (resolvedAt.isPresent() && resolvedAt.get().isBefore(openedAt)) {
            throw new DataException("The alert was resolved before it opened");
        }
        return new PoolAlert(
                server,
                kind,
                number(struct, "episode").orElseThrow(() -> missing("episode")).longValue(),
                number(struct, "revision").map(Number::intValue).orElse(0),
                openedAt,
                resolvedAt,
                figure(struct, "value"),
                figure(struct, "threshold"),
                figure(struct, "peak"),
                text(struct, "unit"),
                text(struct, "summary"),
                optional(struct, "cause", String.class),
                text(struct, "advice"),
                optional(struct, "causedBy", String.class),
                optional(struct, "affected", List.class).map(AlertReader::texts).orElse(List.of()),
                optional(struct, "country", String.class),
                optional(struct, "city", String.class));
    }

    private static String name(Struct struct, String field, Pattern allowed) {
        String name = text(struct, field);
        if (!allowed.matcher(name).matches()) {
            throw new DataException("'" + field + "' is not like " + allowed);
        }
        return name;
    }

    private static String text(Struct struct, String field) {
        return optional(struct, field, String.class).orElseThrow(() -> missing(field));
    }

    private static double figure(Struct struct, String field) {
        return number(struct, field).orElseThrow(() -> missing(field)).doubleValue();
    }

    private static Optional<Instant> time(Struct struct, String field) {
        Optional<Long> millis = number(struct, field).map(Number::longValue);
        if (millis.isPresent() && (millis.get() < 0 || millis.get() > LAST_MILLIS)) {
            throw new DataException(
                    "'" + field + "' is no time in milliseconds since 1970: " + millis.get());
        }
        return millis.map(Instant::ofEpochMilli);
    }

    private static Optional<Number> number(Struct struct, String field) {
        return optional(struct, field, Number.class);
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static <T> Optional<T> optional(Struct struct, String name, Class<T> type) {
        Field field = struct.schema().field(name);
        Object value = field == null ? null : struct.get(field);
        if (value != null && !type.isInstance(value)) {
            throw new DataException(
                    "'%s' is a %s; expected a %s"
                            .formatted(
                                    name, value.getClass().getSimpleName(), type.getSimpleName()));
        }
        return Optional.ofNullable(type.cast(value));
    }

    private static DataException missing(String field) {
        return new DataException("'" + field + "' is missing");
    }
}
