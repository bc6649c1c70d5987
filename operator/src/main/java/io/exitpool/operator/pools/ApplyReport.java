package io.exitpool.operator.pools;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How applying a file ended.
 *
 * @param problems why it was refused; empty otherwise
 * @param written the version that each server was given; the last one where several were
 * @param waiting slots that their servers could not be given yet
 * @param messages what the operator should read
 */
public record ApplyReport(
        Outcome outcome,
        List<Problem> problems,
        SortedMap<String, Long> written,
        List<Waiting> waiting,
        List<String> messages) {

    public ApplyReport {
        problems = List.copyOf(problems);
        written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
        waiting = List.copyOf(waiting);
        messages = List.copyOf(messages);
    }
}
