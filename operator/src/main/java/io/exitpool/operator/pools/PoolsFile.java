package io.exitpool.operator.pools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The pools that an operator wants, as a file says it: every server's slots and settings. The
 * format is described in the package's documentation; {@link PoolsExport} writes it.
 *
 * @param defaults what holds for a server that does not say otherwise; already part of each
 */
public record PoolsFile(PoolSettings defaults, SortedMap<String, ServerPool> servers) {

    public PoolsFile {
        Objects.requireNonNull(defaults, "defaults");
        servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
    }

    /**
     * Reads a file.
     *
     * @throws PoolsFileException with all that is wrong in it
     * @throws IOException if the file cannot be read
     */
    public static PoolsFile read(Path file, Limits limits) throws IOException {
        return parse(Files.readString(file, UTF_8), limits);
    }

    /**
     * Reads the text of a file.
     *
     * @throws PoolsFileException with all that is wrong in it
     */
    public static PoolsFile parse(String yaml, Limits limits) {
        PoolsFileReader reader = new PoolsFileReader();
        PoolsFile file = reader.read(yaml, limits);
        List<Problem> problems = new ArrayList<>(reader.problems());
        if (problems.isEmpty() || !file.servers().isEmpty()) {
            for (Problem problem : PoolsFileChecks.check(file, limits, reader.partlyRead())) {
                OptionalInt line = reader.lineOf(problem.path());
                problems.add(new Problem(problem.path(), line, problem.what()));
            }
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(problem -> problem.line().orElse(0)));
            throw new PoolsFileException(problems);
        }
        return file;
    }

    /** The same servers and addresses with other settings. */
    public PoolsFile withSettings(UnaryOperator<PoolSettings> change) {
        SortedMap<String, ServerPool> changed = new TreeMap<>();
        for (Map.Entry<String, ServerPool> server : servers.entrySet()) {
            ServerPool pool = server.getValue();
            changed.put(server.getKey(), pool.with(change.apply(pool.settings())));
        }
        return new PoolsFile(change.apply(defaults), changed);
    }
}
