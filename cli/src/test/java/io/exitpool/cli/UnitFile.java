package io.exitpool.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A systemd unit of deploy/systemd, as far as its command line is concerned. */
record UnitFile(Path file) {
    private static final String EXEC_START = "ExecStart=";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    static UnitFile of(String name) {
        return new UnitFile(Path.of("..", "deploy", "systemd", name));
    }

    /**
     * The words of ExecStart as systemd would pass them: {@code ${NAME}} is replaced within a word,
     * a word {@code $NAME} becomes the words of its value.
     *
     * @param instance what stands before the dot of a template's name
     */
    List<String> command(Map<String, String> environment, String instance) throws IOException {
        String line =
                Files.readAllLines(file).stream()
                        .filter(candidate -> candidate.startsWith(EXEC_START))
                        .findFirst()
                        .orElseThrow();
        List<String> words = new ArrayList<>();
        for (String word : line.substring(EXEC_START.length()).split(" ")) {
            if (word.startsWith("$") && !word.startsWith("${")) {
                String value = environment.getOrDefault(word.substring(1), "").strip();
                words.addAll(value.isEmpty() ? List.of() : List.of(value.split(" +")));
            } else {
                words.add(
                        VARIABLE.matcher(word.replace("%i", instance))
                                .replaceAll(
                                        match ->
                                                Matcher.quoteReplacement(
                                                        environment.get(match.group(1)))));
            }
        }
        return words;
    }

    /** An environment file: what is set in it, comments left out. */
    static Map<String, String> environment(String name) throws IOException {
        return Files.readAllLines(of(name).file()).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
