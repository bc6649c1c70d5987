package io.exitpool.cli;

import java.util.Arrays;
import java.util.Set;

/**
 * How much is logged, which has to be known before the first class asks for a logger: commands that
 * stay tell their life, the others only what is wrong, and {@code --debug} tells more.
 */
record LogLevels(String own, String kafka, String broker) {

    private static final Set<String> STAY = Set.of("run", "agent");
    private static final String WITH_A_BROKER = "demo";

    static LogLevels of(String[] args) {
        if (Arrays.asList(args).contains("--debug")) {
            return new LogLevels("DEBUG", "INFO", "INFO");
        }
        String command =
                Arrays.stream(args).filter(word -> !word.startsWith("-")).findFirst().orElse("");
        return new LogLevels(
                STAY.contains(command) ? "INFO" : "WARN",
                "WARN",
                command.equals(WITH_A_BROKER) ? "ERROR" : "WARN");
    }

    void set() {
        System.setProperty("exitpool.log.level", own);
        System.setProperty("exitpool.kafka.log.level", kafka);
        System.setProperty("exitpool.broker.log.level", broker);
    }
}
