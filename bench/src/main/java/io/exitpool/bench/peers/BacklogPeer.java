package io.exitpool.bench.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.bench.throughput.ThroughputCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine;

/**
 * Exitpool reading events that were written before: what {@code bench throughput} measures, by that
 * command itself, for as many servers. Nobody waits for an answer, so there is no latency; and the
 * load takes no part of the machine, which it does for everybody else.
 */
record BacklogPeer(String name) implements Peer {

    private static final String VARIANT = "ALLOCATION";
    private static final String MEDIAN = "/results/0/medians/allocation";
    private static final String DECISIONS = "/results/0/turns/0/decisions";

    /** Events are written for this rate; a turn that is faster ends sooner. */
    private static final long EVENTS_PER_SECOND = 100_000;

    @Override
    public Family family() {
        return Family.EXITPOOL;
    }

    @Override
    public Durability durability() {
        return Durability.KERNEL;
    }

    /** It is in this program. */
    @Override
    public void requirePresent() {}

    @Override
    public Row measure(Path directory, Fleet fleet, Load load) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                new CommandLine(new ThroughputCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments(directory, fleet, load).toArray(String[]::new));
        if (exit != CommandLine.ExitCode.OK) {
            throw new PeerException(err.toString().strip());
        }
        JsonNode report = report(out.toString());
        return Row.unanswered(
                this,
                "Exitpool on Kafka " + AppInfoParser.getVersion(),
                report.at(MEDIAN).asDouble(),
                report.at(DECISIONS).asLong());
    }

    private static List<String> arguments(Path directory, Fleet fleet, Load load) {
        long seconds = load.measured().toSeconds();
        return List.of(
                "--json",
                "--rounds=1",
                "--variants=" + VARIANT,
                "--servers=" + fleet.servers(),
                "--seconds=" + seconds,
                "--events=" + seconds * EVENTS_PER_SECOND,
                "--warm-up=" + load.warmUp().toSeconds(),
                "--seed=" + load.seed(),
                "--dir=" + directory);
    }

    private static JsonNode report(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new PeerException("bench throughput told nothing that can be read", e);
        }
    }
}
