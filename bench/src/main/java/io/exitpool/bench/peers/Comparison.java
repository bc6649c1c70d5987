package io.exitpool.bench.peers;

import io.exitpool.bench.report.Median;
import io.exitpool.bench.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All rounds of all peers: medians, and how many times a peer's throughput each row of Exitpool
 * has. A ratio is the median of the rounds' own ratios, so that what slows a whole round down
 * cancels out.
 */
final class Comparison {

    private final List<Peer> peers;
    private final Map<Peer, List<Row>> rows = new LinkedHashMap<>();

    Comparison(List<Peer> peers) {
        this.peers = List.copyOf(peers);
        peers.forEach(peer -> rows.put(peer, new ArrayList<>()));
    }

    /** Each peer's rows come in the order of the rounds. */
    void add(Peer peer, Row row) {
        rows.get(peer).add(row);
    }

    Row median(Peer peer) {
        List<Row> all = rows.get(peer);
        Row any = all.get(0);
        boolean answered = any.startP50Millis() != null;
        return new Row(
                peer.name(),
                any.version(),
                any.durable(),
                any.connections(),
                any.pipeline(),
                median(all, Row::eventsPerSecond),
                answered ? median(all, Row::startP50Millis) : null,
                answered ? median(all, Row::startP99Millis) : null,
                median(all, Row::rejectedShare),
                all.stream().mapToLong(Row::decisions).sum());
    }

    private static Double median(List<Row> rows, ToDoubleFunction<Row> value) {
        return Median.of(rows.stream().mapToDouble(value).toArray());
    }

    /** How many times as many events as the other peer. */
    double ratio(Peer ours, Peer other) {
        double[] ratios = new double[rows.get(ours).size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    rows.get(ours).get(i).eventsPerSecond()
                            / rows.get(other).get(i).eventsPerSecond();
        }
        return Median.of(ratios);
    }

    Table medians() {
        Table table =
                new Table(
                        "median",
                        "durable",
                        "connections",
                        "pipeline",
                        "events/s",
                        "start p50 ms",
                        "p99 ms",
                        "rejected %");
        for (Peer peer : peers) {
            Row row = median(peer);
            table.row(
                    row.peer(),
                    row.durable(),
                    orNothing(row.connections()),
                    orNothing(row.pipeline()),
                    Math.round(row.eventsPerSecond()),
                    orNothing(row.startP50Millis()),
                    orNothing(row.startP99Millis()),
                    row.rejectedShare() * 100);
        }
        return table;
    }

    private static Object orNothing(Number value) {
        return value == null ? "-" : value;
    }

    /** A line for each other peer, a column for each row of Exitpool. */
    Table ratioTable() {
        List<Peer> ours = of(true);
        List<String> header = new ArrayList<>(List.of("times the events/s of"));
        ours.forEach(peer -> header.add(peer.name()));
        Table table = new Table(header.toArray(String[]::new));
        for (Peer other : of(false)) {
            List<Object> cells = new ArrayList<>(List.of(other.name()));
            ours.forEach(peer -> cells.add(ratio(peer, other)));
            table.row(cells.toArray());
        }
        return table;
    }

    boolean hasRatios() {
        return !of(true).isEmpty() && !of(false).isEmpty();
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("rounds", peers.stream().map(rows::get).flatMap(List::stream).toList());
        report.put("medians", peers.stream().map(this::median).toList());
        Map<String, Map<String, Double>> ratios = new LinkedHashMap<>();
        for (Peer ours : of(true)) {
            Map<String, Double> others = new LinkedHashMap<>();
            of(false).forEach(other -> others.put(other.name(), ratio(ours, other)));
            ratios.put(ours.name(), others);
        }
        report.put("ratios", ratios);
        return report;
    }

    private List<Peer> of(boolean exitpool) {
        return peers.stream()
                .filter(peer -> (peer.family() == Peer.Family.EXITPOOL) == exitpool)
                .toList();
    }
}
