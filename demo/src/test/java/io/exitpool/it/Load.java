package io.exitpool.it;

import io.exitpool.it.Kernel.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tunnels that come and go at random on some servers until it is closed: each server tends to the
 * same number of them. Other tunnels are left alone. The seed is printed with what reproduces it,
 * as far as a race can be.
 */
final class Load implements AutoCloseable {
    private static final long EVERY_MILLIS = 4;

    private final List<ScriptedServer> servers;
    private final int tunnelsEach;
    private final Random random;
    private final List<List<Tunnel>> tunnels;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> steps;

    private Load(List<ScriptedServer> servers, int tunnelsEach, long seed) {
        this.servers = servers;
        this.tunnelsEach = tunnelsEach;
        this.random = new Random(seed);
        this.tunnels = servers.stream().<List<Tunnel>>map(s -> new ArrayList<>()).toList();
        this.steps =
                thread.scheduleWithFixedDelay(this::step, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Load start(Class<?> test, List<ScriptedServer> servers, int tunnelsEach) {
        Long given = Long.getLong("seed");
        long seed = given == null ? System.nanoTime() : given;
        System.out.printf(
                "%s: seed %d (mvn -pl demo -am verify -Dit.test=%1$s -Dseed=%2$d)%n",
                test.getSimpleName(), seed);
        return new Load(servers, tunnelsEach, seed);
    }

    /** Ends it; throws what went wrong in it. */
    @Override
    public void close() {
        steps.cancel(false);
        thread.shutdown();
        try {
            thread.awaitTermination(20, TimeUnit.SECONDS);
            steps.get();
        } catch (CancellationException e) {
            // It went well until it was told to end.
            return;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the load failed", e);
        }
    }

    private void step() {
        int which = random.nextInt(servers.size());
        ScriptedServer server = servers.get(which);
        List<Tunnel> own = tunnels.get(which);
        if (random.nextInt(2 * tunnelsEach) < own.size()) {
            server.down(own.remove(random.nextInt(own.size())));
        } else {
            own.add(server.up());
        }
    }
}
