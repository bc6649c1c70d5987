package io.exitpool.operator.pools;

import java.util.List;
import java.util.stream.Collectors;

/** A pools file that cannot be applied, with everything that is wrong with it. */
public final class PoolsFileException extends RuntimeException {

    private final transient List<Problem> problems;

    PoolsFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
