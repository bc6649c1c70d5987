package io.exitpool.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.PoolStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** docs/statistics.md defines every figure of the statistics, and none that is not there. */
class StatisticsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\|");
    private static final Set<String> SHARED = Set.of("Gauge", "TimeDistribution", "Bucket");
    private static final Pattern QUOTED = Pattern.compile("`([A-Za-z0-9.]+)`");

    private final String page = read();

    @Test
    void shouldDefineEveryFigureAndNoOther() {
        assertThat(defined()).isEqualTo(figures(PoolStats.getClassSchema(), "", new TreeSet<>()));
    }

    @Test
    void shouldNameTheTopics() {
        assertThat(page)
                .contains(
                        "`" + Topics.POOL_STATS_1M.name() + "`",
                        "`" + Topics.POOL_STATS_1H.name() + "`",
                        "`" + Topics.FLEET_STATS_1M.name() + "`",
                        "`" + Topics.FLEET_STATS_1H.name() + "`");
    }

    /** The names in the first column of the tables; a row may define several figures. */
    private Set<String> defined() {
        Set<String> defined = new TreeSet<>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            Matcher names = QUOTED.matcher(rows.group(1));
            while (names.find()) {
                defined.add(names.group(1));
            }
        }
        return defined;
    }

    /** A record's fields by their path; those of a type that several have, by the type. */
    private static Set<String> figures(Schema record, String path, Set<String> names) {
        for (Schema.Field field : record.getFields()) {
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            Schema type = bare(field.schema());
            boolean shared = SHARED.contains(type.getName());
            if (shared || type.getType() != Schema.Type.RECORD) {
                names.add(name);
            }
            if (type.getType() == Schema.Type.RECORD) {
                figures(type, shared ? type.getName() : name, names);
            }
        }
        return names;
    }

    private static Schema bare(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                    bare(
                            schema.getTypes().stream()
                                    .filter(type -> type.getType() != Schema.Type.NULL)
                                    .findFirst()
                                    .orElseThrow());
            case ARRAY -> bare(schema.getElementType());
            default -> schema;
        };
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/statistics.md"));
        } catch (IOException e) {
            throw new IllegalStateException("the tests run in the module's directory", e);
        }
    }
}
