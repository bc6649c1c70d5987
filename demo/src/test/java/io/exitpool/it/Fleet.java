package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.agent.protocol.AgentCounters;
import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.schemas.connection.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The exit servers of one test. */
final class Fleet implements AutoCloseable {
    private final Connection connection;
    private final List<ScriptedServer> servers;

    private Fleet(Connection connection, List<ScriptedServer> servers) {
        this.connection = connection;
        this.servers = servers;
    }

    static Fleet of(Site site, List<String> names) {
        Connection connection = site.connection();
        return new Fleet(
                connection,
                names.stream().map(name -> new ScriptedServer(connection, name)).toList());
    }

    void startAgents() {
        servers.forEach(ScriptedServer::startAgent);
    }

    List<ScriptedServer> servers() {
        return servers;
    }

    ScriptedServer server(String name) {
        return servers.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    /** All tunnels that have an address, with it. */
    Map<Tunnel, Exit> exits() {
        Map<Tunnel, Exit> exits = new HashMap<>();
        servers.forEach(server -> exits.putAll(server.kernel().exits()));
        return exits;
    }

    /** Sums up a counter of all agents. */
    long counted(ToLongFunction<AgentCounters> counter) {
        return servers.stream()
                .mapToLong(s -> s.ask(agent -> counter.applyAsLong(agent.counters())))
                .sum();
    }

    /** Every start and end of every server has its answer. */
    boolean settled() {
        return servers.stream().allMatch(ScriptedServer::settled);
    }

    /** No live tunnel was ever moved to another address or lost its own. */
    void assertUndisturbed() {
        for (ScriptedServer server : servers) {
            assertThat(server.kernel().moves()).as("moves on %s", server.name()).isZero();
            assertThat(server.kernel().cuts()).as("cuts on %s", server.name()).isZero();
        }
    }

    /** What the decisions add up to is what the kernels have, tunnel for tunnel. */
    void assertBooksAgree() {
        Decisions decisions = Decisions.read(connection);
        for (ScriptedServer server : servers) {
            assertThat(decisions.leases(server.name()).values())
                    .as("leases of %s", server.name())
                    .containsExactlyInAnyOrderElementsOf(server.kernel().exits().values());
        }
    }

    @Override
    public void close() {
        servers.forEach(ScriptedServer::close);
    }
}
