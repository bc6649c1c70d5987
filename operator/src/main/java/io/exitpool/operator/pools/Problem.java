package io.exitpool.operator.pools;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One thing that is wrong with what an operator asked for: where, and what to do. Problems are
 * collected, so that a file is mended once and not error by error.
 *
 * @param path the place in the file, such as {@code servers.se-sto-wg-208.v4[1]}; empty for all of
 *     it
 * @param line the line in the file, when there is one
 */
public record Problem(String path, OptionalInt line, String what) {

    public Problem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(what, "what");
    }

    static Problem at(String path, String what) {
        return new Problem(path, OptionalInt.empty(), what);
    }

    @Override
    public String toString() {
        String where = line.isPresent() ? "line " + line.getAsInt() + ": " : "";
        return where + (path.isEmpty() ? what : path + ": " + what);
    }
}
