package io.exitpool.it;

import io.exitpool.agent.AgentLink;
import io.exitpool.agent.protocol.Agent;
import io.exitpool.agent.protocol.AgentObserver;
import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.connection.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An exit server of a test: a kernel that a script brings tunnels up and down on, and the real
 * agent on a thread of its own, which may die without a word and come back.
 */
final class ScriptedServer implements AutoCloseable {

    /** An agent that is quick to repeat and to retry, so that a test is. */
    static final AgentSettings QUICK =
            new AgentSettings(
                    Duration.ofMillis(1500),
                    Duration.ofMillis(500),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200),
                    Duration.ofMinutes(2),
                    AgentSettings.MAX_ENTRIES);

    private static final Duration PUMP = Duration.ofMillis(10);
    private static final long PATIENCE_SECONDS = 20;

    private final Connection connection;
    private final String name;
    private final Optional<Path> stateDir;
    private final Kernel kernel;
    private Optional<Life> life = Optional.empty();

    ScriptedServer(Connection connection, String name) {
        this(connection, name, Optional.empty(), new Kernel());
    }

    ScriptedServer(Connection connection, String name, Optional<Path> stateDir, Kernel kernel) {
        this.connection = connection;
        this.name = name;
        this.stateDir = stateDir;
        this.kernel = kernel;
    }

    String name() {
        return name;
    }

    Kernel kernel() {
        return kernel;
    }

    /** A new agent takes over whatever lives here; it has begun its epoch when this returns. */
    synchronized ScriptedServer startAgent() {
        Life next = new Life();
        life = Optional.of(next);
        next.thread.start();
        get(next.begun);
        return this;
    }

    /** The agent is gone without a word; tunnels and addresses stay as they are. */
    synchronized void killAgent() {
        life.ifPresent(Life::end);
        life = Optional.empty();
    }

    synchronized Tunnel up() {
        Tunnel tunnel = kernel.up();
        life.ifPresent(l -> l.orders.add(agent -> agent.tunnelUp(tunnel, now())));
        return tunnel;
    }

    List<Tunnel> up(int howMany) {
        return Stream.generate(this::up).limit(howMany).toList();
    }

    synchronized void down(Tunnel tunnel) {
        if (kernel.down(tunnel)) {
            life.ifPresent(l -> l.orders.add(a -> a.tunnelDown(tunnel, EndReason.SILENT, now())));
        }
    }

    /** Every start and end has its answer, and every tunnel its address. */
    boolean settled() {
        return ask(agent -> agent.unanswered() + agent.unreleased()) == 0
                && kernel.allHaveAddresses();
    }

    /** Asks the agent something on its own thread, behind all orders given before. */
    <T> T ask(Function<Agent, T> question) {
        Life asked;
        synchronized (this) {
            asked = life.orElseThrow(() -> new IllegalStateException(name + " has no agent"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        asked.orders.add(agent -> answer.complete(question.apply(agent)));
        asked.ended.whenComplete(
                (nothing, failure) ->
                        answer.completeExceptionally(
                                failure == null
                                        ? new IllegalStateException("the agent ended")
                                        : failure));
        return get(answer);
    }

    @Override
    public void close() {
        killAgent();
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** One life of the agent. */
    private final class Life {
        private final BlockingQueue<Consumer<Agent>> orders = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final Thread thread = new Thread(this::live, "agent-" + name);
        private volatile boolean over;

        private void live() {
            AgentLink.Options options =
                    new AgentLink.Options(
                            QUICK,
                            Wish.NONE,
                            kernel,
                            AgentObserver.NONE,
                            stateDir,
                            ScriptedServer::now);
            try (AgentLink link = AgentLink.open(connection, name, options, kernel.held())) {
                kernel.tunnels().stream()
                        .filter(tunnel -> !kernel.exits().containsKey(tunnel))
                        .forEach(tunnel -> link.agent().tunnelUp(tunnel, now()));
                begun.complete(null);
                while (!over) {
                    for (Consumer<Agent> order = orders.poll();
                            order != null;
                            order = orders.poll()) {
                        order.accept(link.agent());
                    }
                    link.pump(PUMP);
                }
                ended.complete(null);
            } catch (RuntimeException e) {
                begun.completeExceptionally(e);
                ended.completeExceptionally(e);
            }
        }

        private void end() {
            over = true;
            get(ended);
        }
    }
}
