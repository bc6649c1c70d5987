package io.exitpool.bench.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Clients that ask as fast as they are answered: throughput at saturation, and what a start waits
 * for its answer then. Each client is a thread with its own connection, servers, trace and books;
 * they share nothing but the clock's phase.
 */
final class ClosedLoop {

    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final RunningPeer peer;
    private final Fleet fleet;
    private final int clients;
    private final int pipeline;
    private final long seed;
    private final Phase phase = new Phase();

    ClosedLoop(RunningPeer peer, Fleet fleet, int clients, int pipeline, long seed) {
        this.peer = peer;
        this.fleet = fleet;
        this.clients = clients;
        this.pipeline = pipeline;
        this.seed = seed;
    }

    /**
     * Throws {@link PeerException} when an answer was wrong, or a decision is missing or too much.
     */
    LoopResult run(Duration warmUp, Duration measured) throws InterruptedException {
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            SessionTrace trace = new SessionTrace(fleet, i, clients, pipeline, seed);
            all.add(new Client(trace, new Books(fleet), phase, pipeline));
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                running.add(threads.submit(() -> converse(client, all.get(client))));
            }
            awaitFirstAnswers(all, running);
            hold(warmUp, running);
            long eventsBefore = events(all);
            long start = phase.measure();
            hold(measured, running);
            long end = phase.stop();
            long measuredEvents = events(all) - eventsBefore;
            for (Future<?> client : running) {
                finish(client);
            }
            return result(all, measuredEvents, end - start)
                    .requireDecisions(peer.decisions())
                    .requireAnswers();
        } finally {
            phase.stop();
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private void converse(int client, Client conversation) {
        try (PeerConnection connection = peer.connect(client, clients)) {
            conversation.run(connection);
        } finally {
            phase.stop();
        }
    }

    /** The warm-up begins when everybody was answered: what starts slowly is not measured cold. */
    private void awaitFirstAnswers(List<Client> all, List<Future<?>> running)
            throws InterruptedException {
        long deadline = System.nanoTime() + FIRST_ANSWERS.toNanos();
        while (all.stream().anyMatch(client -> client.answeredSoFar() == 0)) {
            if (System.nanoTime() > deadline) {
                throw new PeerException(
                        "not every client was answered within " + FIRST_ANSWERS.toSeconds() + " s");
            }
            hold(PAUSE, running);
        }
    }

    /** Returns early when a client failed, with its failure. */
    private void hold(Duration time, List<Future<?>> running) throws InterruptedException {
        if (phase.awaitStop(time)) {
            for (Future<?> client : running) {
                finish(client);
            }
        }
    }

    private static void finish(Future<?> client) throws InterruptedException {
        try {
            client.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PeerException known
                    ? known
                    : new PeerException("a client failed", e.getCause());
        }
    }

    private static long events(List<Client> all) {
        return all.stream().mapToLong(Client::answeredSoFar).sum();
    }

    private static LoopResult result(List<Client> all, long events, long nanos) {
        Histogram latency = new Histogram(3);
        long granted = 0;
        long rejected = 0;
        long decisions = 0;
        for (Client client : all) {
            latency.add(client.latency());
            granted += client.books().granted();
            rejected += client.books().rejected();
            decisions += client.books().decisions();
        }
        return new LoopResult(events, nanos, latency, granted, rejected, decisions);
    }
}
