package io.exitpool.connect.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries of deploy/sql/queries.sql by their names. */
final class ReadyQueries {

    private static final Pattern QUERY =
            Pattern.compile("^-- name: (\\S+)\\n(.*?;)$", Pattern.MULTILINE | Pattern.DOTALL);

    private final Map<String, String> queries = new LinkedHashMap<>();

    ReadyQueries(Path file) throws IOException {
        Matcher matcher = QUERY.matcher(Files.readString(file));
        while (matcher.find()) {
            queries.put(matcher.group(1), matcher.group(2));
        }
    }

    List<String> names() {
        return List.copyOf(queries.keySet());
    }

    /** The rows of an answer, each with its values separated by {@code |}, null as nothing. */
    List<String> rows(Connection connection, String name) throws SQLException {
        return answer(connection, queries.get(name));
    }

    static List<String> answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    row.add(value == null ? "" : value);
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
