package io.exitpool.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.demo.workload.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a fleet lives on when its agents stop: each server's tunnels with the slots that they
 * use, as the kernels' exit maps hold them, and the last epoch. No session id and no address is in
 * it: the next agents announce these tunnels anew, with the slots they hold.
 */
public record Kernels(Map<String, Server> servers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One server's exit map and its last agent's epoch. */
    public record Server(long epoch, List<LiveTunnel> tunnels) {

        public Server {
            tunnels = List.copyOf(tunnels);
        }
    }

    /** One tunnel: who, on which slot, and for how many more minutes. */
    public record LiveTunnel(long peer, int slot, double minutesLeft) {}

    public Kernels {
        servers = Map.copyOf(servers);
    }

    /** Machines that were just switched on. */
    public static Kernels none() {
        return new Kernels(Map.of());
    }

    /** What an earlier run noted; none if there was no earlier run. */
    public static Kernels read(Path file) {
        if (!Files.exists(file)) {
            return none();
        }
        try {
            Map<String, Server> servers = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(file.toFile()).properties()) {
                List<LiveTunnel> tunnels = new ArrayList<>();
                for (JsonNode tunnel : entry.getValue().required("tunnels")) {
                    tunnels.add(
                            new LiveTunnel(
                                    tunnel.required("peer").longValue(),
                                    tunnel.required("slot").intValue(),
                                    tunnel.required("minutesLeft").doubleValue()));
                }
                long epoch = entry.getValue().required("epoch").longValue();
                servers.put(entry.getKey(), new Server(epoch, tunnels));
            }
            return new Kernels(servers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes them, all or nothing. */
    public void write(Path file) {
        ObjectNode all = JSON.createObjectNode();
        new TreeMap<>(servers)
                .forEach(
                        (name, server) -> {
                            ObjectNode node = all.putObject(name).put("epoch", server.epoch());
                            ArrayNode tunnels = node.putArray("tunnels");
                            server.tunnels()
                                    .forEach(
                                            tunnel ->
                                                    tunnels.addObject()
                                                            .put("peer", tunnel.peer())
                                                            .put("slot", tunnel.slot())
                                                            .put(
                                                                    "minutesLeft",
                                                                    tunnel.minutesLeft()));
                        });
        try {
            Path written = Files.writeString(file.resolveSibling("fleet.tmp"), all.toString());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Kernels of(Map<String, ExitHost> hosts, double minute) {
        Map<String, Server> servers = new TreeMap<>();
        hosts.forEach(
                (name, host) -> {
                    List<LiveTunnel> tunnels = new ArrayList<>();
                    host.truth()
                            .uses()
                            .forEach(
                                    (tunnel, slot) -> {
                                        Visit visit = tunnel.visit();
                                        double left = Math.max(0, visit.endMinute() - minute);
                                        tunnels.add(new LiveTunnel(visit.peer(), slot, left));
                                    });
                    servers.put(name, new Server(host.epoch(), tunnels));
                });
        return new Kernels(servers);
    }

    boolean isNone() {
        return servers.isEmpty();
    }

    long epoch(String server) {
        return servers.containsKey(server) ? servers.get(server).epoch() : 0;
    }
}
