package io.exitpool.bench.recovery;

import io.exitpool.bench.instance.ClassArchive;
import io.exitpool.bench.instance.Instance;
import io.exitpool.bench.instance.Readiness;
import io.exitpool.bench.leases.DecisionTap;
import io.exitpool.bench.leases.LeasePlan;
import io.exitpool.bench.leases.LiveLeases;
import io.exitpool.bench.leases.LiveLeases.Kept;
import io.exitpool.bench.leases.Patience;
import io.exitpool.bench.leases.Speaker;
import io.exitpool.bench.recovery.GroupWatch.Member;
import io.exitpool.bench.recovery.RecoverySettings.Ending;
import io.exitpool.bench.report.Output;
import io.exitpool.bench.stack.Broker;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One number of leases: a broker, one instance or two, and a load; then a kill for each round. The
 * instance with the most partitions is the one that dies, and each life is awaited to its end
 * before the next kill, so that rounds do not meet.
 */
final class RecoveryRun implements AutoCloseable {
    static final int PARTITIONS = 12;

    /** Fewer might leave a partition without a server, and so without an answer. */
    static final int LEAST_LEASES = 200;

    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);
    private static final Duration LINGER_WHILE_FILLING = Duration.ofMillis(20);

    private final RecoverySettings settings;
    private final Output output;
    private final Broker broker;
    private final Speaker speaker;
    private final DecisionTap tap;
    private final GroupWatch group;
    private final List<Instance> instances = new ArrayList<>();

    private RecoveryRun(RecoverySettings settings, Path directory, Output output) {
        this.settings = settings;
        this.output = output;
        broker = Broker.start(directory.resolve("broker"), PARTITIONS);
        Connection connection = broker.connection();
        speaker = new Speaker(connection, Duration.ZERO);
        tap = DecisionTap.open(connection);
        group = new GroupWatch(connection);
        List<String> jvmOptions =
                settings.classArchive() ? ClassArchive.make(broker, directory) : List.of();
        instances.add(instance("first", directory, jvmOptions));
        if (settings.ending() == Ending.TAKEN_OVER) {
            instances.add(instance("second", directory, jvmOptions));
        }
    }

    static RecoveryResult measure(
            RecoverySettings settings, LeasePlan plan, Path directory, Output output) {
        try (RecoveryRun run = new RecoveryRun(settings, directory, output)) {
            return run.measure(plan);
        }
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        group.close();
        tap.close();
        speaker.close();
        broker.close();
    }

    private RecoveryResult measure(LeasePlan plan) {
        start(instances.get(0));
        LiveLeases leases = fill(plan);
        instances.stream().skip(1).forEach(this::start);
        List<Outage> rounds = new ArrayList<>();
        Kept kept;
        try (LightLoad load =
                LightLoad.start(speaker, leases.voices(), settings.rate(), settings.seed() + 1)) {
            for (int round = 1; round <= settings.rounds(); round++) {
                settle(load);
                Outage outage = kill(load);
                rounds.add(outage);
                output.say("%,d leases, round %d: %s".formatted(plan.leases(), round, outage));
                instances.stream().filter(dead -> !dead.lives()).forEach(Instance::start);
            }
            kept = leases.askAgain(speaker);
        }
        Instance last = largest();
        instances.forEach(Instance::close);
        StoredBytes stored = StoredBytes.of(last.stateDir(), broker.connection());
        return RecoveryResult.of(plan, rounds, kept, stored);
    }

    private LiveLeases fill(LeasePlan plan) {
        try (Speaker filling = new Speaker(broker.connection(), LINGER_WHILE_FILLING)) {
            return LiveLeases.fill(broker.connection(), plan, filling, tap, settings.seed());
        }
    }

    /** Kills the instance with the most partitions and waits until each of them is answered. */
    private Outage kill(LightLoad load) {
        Instance victim = largest();
        String client = victim.readiness().client().orElseThrow();
        List<Member> its =
                group.members().stream().filter(m -> m.client().startsWith(client)).toList();
        Set<String> dead = its.stream().map(Member::id).collect(Collectors.toSet());
        Set<Integer> lost = new HashSet<>();
        its.forEach(member -> lost.addAll(member.partitions()));
        long killedAt = System.nanoTime();
        victim.kill();
        AnswerWatch answers = new AnswerWatch(load::announcedAt, lost, killedAt);
        tap.add(answers);
        try {
            comeBack(victim);
            await("the partitions given to somebody", load, () -> group.taken(lost, dead));
            Duration detected = since(killedAt);
            await("the partitions restored", load, () -> partitions() == PARTITIONS);
            Duration restored = since(killedAt);
            await("every partition answered", load, answers::complete);
            return new Outage(lost.size(), detected, restored, answers.first(), answers.all());
        } finally {
            tap.remove(answers);
        }
    }

    private void comeBack(Instance victim) {
        if (settings.ending() == Ending.WIPED) {
            victim.wipe();
        }
        if (settings.ending() != Ending.TAKEN_OVER) {
            victim.start();
        }
    }

    /** All that lives is at work, copies are up to date, and some time passes in calm. */
    private void settle(LightLoad load) {
        await("every instance at work", load, () -> partitions() == PARTITIONS);
        if (settings.ending() == Ending.TAKEN_OVER) {
            await("every copy up to date", load, this::copied);
        }
        long calmSince = System.nanoTime();
        await("calm", load, () -> since(calmSince).compareTo(settings.calm()) >= 0);
        await("a group that agrees", load, () -> !group.members().isEmpty());
    }

    private void await(String what, LightLoad load, BooleanSupplier happened) {
        Patience.await(
                what,
                RUNNING_WITHIN,
                () -> {
                    load.check();
                    tap.check();
                    return happened.getAsBoolean();
                });
    }

    private void start(Instance instance) {
        instance.start();
        Patience.await("the partitions at work", RUNNING_WITHIN, () -> partitions() == PARTITIONS);
    }

    /** Of all instances together. */
    private int partitions() {
        return instances.stream().mapToInt(instance -> instance.readiness().partitions()).sum();
    }

    private Instance largest() {
        return instances.stream()
                .max(Comparator.comparingInt(instance -> instance.readiness().partitions()))
                .orElseThrow();
    }

    private boolean copied() {
        return instances.stream()
                .filter(instance -> instance.readiness().partitions() < PARTITIONS)
                .allMatch(instance -> instance.readiness().copiesAreUpToDate());
    }

    private Instance instance(String name, Path directory, List<String> jvmOptions) {
        Map<String, String> its = new TreeMap<>();
        if (settings.named()) {
            its.put(Setting.GROUP_INSTANCE_ID.key(), name);
        }
        if (settings.ending() == Ending.TAKEN_OVER) {
            its.put(Setting.NUM_STANDBY_REPLICAS.key(), "1");
            its.putAll(Readiness.SHORT_MEMORY);
        }
        its.putAll(settings.application());
        return new Instance(name, broker, directory, its, jvmOptions);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
