package io.exitpool.bench.peers;

import io.exitpool.bench.BenchOptions;
import io.exitpool.bench.load.Configs.PoolRules;
import io.exitpool.bench.report.Output;
import io.exitpool.demo.stack.StateDirectory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool bench peers}: what others do with the same sessions on the same machine. */
@Command(
        name = "peers",
        description = {
            "Compares Exitpool with PostgreSQL (SKIP LOCKED) and Redis (Lua): the same starts and"
                    + " ends of sessions, each with its row in a log of decisions, asked by clients"
                    + " that wait for their answers. Needs Debian's packages postgresql and"
                    + " redis-server."
        },
        mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private BenchOptions options;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "700",
            description = "Exit servers. Default: ${DEFAULT-VALUE}.")
    private int servers;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "30",
            description = "Addresses of each. Default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long each is measured in a round. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "Threads that ask, each for its own servers; Redis without pipelining has 64."
                            + " Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--only",
            paramLabel = "PEER",
            split = ",",
            description = "Only these, separated by commas: ${COMPLETION-CANDIDATES}.")
    private Set<Peer.Family> only = EnumSet.allOf(Peer.Family.class);

    @Override
    public Integer call() throws InterruptedException {
        options.atLeast("--seconds", seconds, 1);
        options.atLeast("--clients", clients, 1);
        List<Peer> peers = Peers.of(only, clients);
        Fleet fleet = fleet(peers);
        OrderlyEnd end = OrderlyEnd.ofThisThread();
        try (end) {
            peers.forEach(Peer::requirePresent);
            compare(peers, fleet);
            return CommandLine.ExitCode.OK;
        } catch (PeerException e) {
            spec.commandLine().getErr().println("exitpool bench peers: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void compare(List<Peer> peers, Fleet fleet) throws InterruptedException {
        try (StateDirectory directory = options.open()) {
            Output output = options.begin();
            Load load = new Load(options.warmUp(), Duration.ofSeconds(seconds), options.seed());
            Contest contest = new Contest(directory, fleet, options.rounds(), load);
            double sync = Disk.syncMillis(directory.path());
            output.say(introduction(fleet, sync));
            Comparison comparison = contest.run(peers, output);
            tell(output, peers, comparison);
            output.end(report(fleet, sync, comparison));
        }
    }

    private Fleet fleet(List<Peer> peers) {
        int most =
                peers.stream()
                        .filter(AskedPeer.class::isInstance)
                        .mapToInt(peer -> ((AskedPeer) peer).connections())
                        .max()
                        .orElseThrow();
        options.atLeast("--servers", servers, most);
        try {
            return new Fleet(servers, slots, (int) PoolRules.DEFAULT.minRest().toMillis());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String introduction(Fleet fleet, double sync) {
        return ("%,d servers x %d addresses, about 60 %% in use, each rests %d ms; %d rounds of %d"
                    + " s after %d s of warm-up.%nThe disk takes %.2f ms to synchronise a block.")
                .formatted(
                        fleet.servers(),
                        fleet.slots(),
                        fleet.minRestMillis(),
                        options.rounds(),
                        seconds,
                        options.warmUp().toSeconds(),
                        sync);
    }

    private static void tell(Output output, List<Peer> peers, Comparison comparison) {
        output.say("");
        output.say(comparison.medians().toString());
        peers.stream()
                .map(Peer::durability)
                .distinct()
                .map(d -> "durable: " + d.label() + ": an answer survives " + d.survives())
                .forEach(output::say);
        if (comparison.hasRatios()) {
            output.say("");
            output.say(comparison.ratioTable().toString());
        }
    }

    private Map<String, Object> report(Fleet fleet, double sync, Comparison comparison) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("servers", fleet.servers());
        report.put("slots", fleet.slots());
        report.put("minRestMillis", fleet.minRestMillis());
        report.put("seconds", seconds);
        report.put("warmUpSeconds", options.warmUp().toSeconds());
        report.put("diskSyncMillis", sync);
        report.putAll(comparison.report());
        return report;
    }
}
