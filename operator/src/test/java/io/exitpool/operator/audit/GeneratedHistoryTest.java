package io.exitpool.operator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for any valid history, and for any that one mutation made invalid. */
class GeneratedHistoryTest {
    private static final long SEED = Seed.of(GeneratedHistoryTest.class);
    private static final int STEPS = 800;
    private static final int MANY = 30;
    private static final Map<Integer, Logs> HISTORIES = new HashMap<>();

    @Test
    void shouldFindNothingInValidHistories() {
        Map<Unknown, Long> unknown = new EnumMap<>(Unknown.class);
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            AuditReport report =
                    history(i).audit(AuditSettings.DEFAULT.withPartitions(FleetHistory.PARTITIONS));
            clean(i, report);
            report.unknown().forEach((what, times) -> unknown.merge(what, times, Long::sum));
            seen.addAll(report.rungs().keySet());
            seen.addAll(report.choices().keySet());
            seen.addAll(report.rejections().keySet());
            seen.addAll(report.releases().keySet());
            seen.addAll(report.events().keySet());
        }
        // An operator's rebuild makes a pool forget its slots' past; nothing else is unknown.
        assertThat(unknown.keySet()).isSubsetOf(Unknown.REST_BEFORE_LOG);
        // Everything that can be decided was, but for the failure of a pool, and unknown words.
        assertThat(seen).hasSize(4 + 3 + 5 + 6 + EventKind.values().length);
    }

    @Test
    void shouldReportTheSameHoweverTheTopicsAreRead() {
        for (int i = 0; i < 8; i++) {
            Logs logs = history(i);
            mutate(Mutation.values()[i % Mutation.values().length], logs, random(i));
            AuditReport expected = logs.audit();
            assertThat(
                            logs.auditInOrder(
                                    List.of(
                                            Topics.SESSION_EVENTS,
                                            Topics.DECISIONS,
                                            Topics.POOL_CONFIGS)))
                    .as("events first, history %d", i)
                    .isEqualTo(expected);
            for (int most : List.of(1, 20, 500)) {
                assertThat(logs.auditInterleaved(random(i), most))
                        .as("at most %d at once, history %d", most, i)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldCallUnknownWhatBeganBeforeTheFirstRecord() {
        Map<Unknown, Long> unknown = new EnumMap<>(Unknown.class);
        for (int i = 0; i < 20; i++) {
            Logs logs = history(i);
            RandomGenerator random = random(i);
            for (int partition : logs.partitions()) {
                int events = logs.of(Topics.SESSION_EVENTS, partition).size();
                int decisions = logs.decisions(partition).size();
                logs.truncate(Topics.SESSION_EVENTS, partition, random.nextInt(events));
                logs.truncate(Topics.DECISIONS, partition, random.nextInt(decisions));
                if (i % 2 == 0) {
                    compactConfigs(logs, partition);
                }
            }
            AuditReport report = logs.audit();
            clean(i, report);
            assertThat(report.unknown()).isNotEmpty();
            assertThat(report.beginsLate())
                    .containsOnlyKeys(Topics.SESSION_EVENTS.name(), Topics.DECISIONS.name());
            report.unknown().forEach((what, times) -> unknown.merge(what, times, Long::sum));
        }
        assertThat(unknown)
                .containsKeys(
                        Unknown.LEASE_BEFORE_LOG,
                        Unknown.EVENT_BEFORE_LOG,
                        Unknown.DECISION_BEFORE_LOG,
                        Unknown.SESSION_BEFORE_LOG,
                        Unknown.REST_BEFORE_LOG,
                        Unknown.CONFIG_GONE);
    }

    @Test
    void shouldCallPendingWhatIsNotDecidedYet() {
        long pending = 0;
        for (int i = 0; i < 20; i++) {
            Logs logs = history(i);
            RandomGenerator random = random(i);
            for (int partition : logs.partitions()) {
                List<Logs.Rec> decisions = logs.decisions(partition);
                int last = random.nextInt(decisions.size());
                long until = decisions.get(last).at().timestamp() + random.nextInt(20_000);
                decisions.subList(last + 1, decisions.size()).clear();
                logs.of(Topics.SESSION_EVENTS, partition)
                        .removeIf(event -> event.at().timestamp() > until);
            }
            AuditReport report = logs.audit();
            clean(i, report);
            pending += report.pending().values().stream().mapToLong(Long::longValue).sum();
        }
        assertThat(pending).isPositive();
    }

    @Test
    void shouldMissNothingWhileTheAllocationIsDown() {
        for (int i = 0; i < 10; i++) {
            Logs logs = history(i);
            for (int partition : logs.partitions()) {
                List<Logs.Rec> decisions = logs.decisions(partition);
                long down = decisions.get(decisions.size() / 2).at().timestamp();
                decisions.removeIf(decision -> decision.at().timestamp() > down);
                logs.of(Topics.SESSION_EVENTS, partition)
                        .removeIf(event -> event.at().timestamp() > down && isTick(event));
            }
            AuditReport report = logs.audit();
            clean(i, report);
            assertThat(report.pending()).containsKey(Pending.STARTS);
        }
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void shouldCatch(Mutation mutation) {
        int mutated = 0;
        for (int i = 0; mutated < 8; i++) {
            assertThat(i).as("attempts to find something to spoil").isLessThan(500);
            Logs logs = history(i % MANY);
            if (mutate(mutation, logs, random(i))) {
                mutated++;
                AuditReport report = logs.audit();
                assertThat(report.violations().keySet())
                        .as("%s in attempt %d of seed %d:%n%s", mutation, i, SEED, report.toText())
                        .contains(mutation.caughtAs());
            }
        }
    }

    private static Logs history(int number) {
        return HISTORIES
                .computeIfAbsent(number, n -> FleetHistory.generate(SEED + n, STEPS))
                .copy();
    }

    private static RandomGenerator random(int number) {
        return new SplittableRandom(SEED + number);
    }

    /** Spoils a decision in the middle of the history, where it has a past and a future. */
    private static boolean mutate(Mutation mutation, Logs logs, RandomGenerator random) {
        List<Integer> partitions = logs.partitions();
        int partition = partitions.get(random.nextInt(partitions.size()));
        int size = logs.decisions(partition).size();
        int from = size / 8 + random.nextInt(size / 2);
        for (int index = from; index < size * 3 / 4; index++) {
            if (mutation.apply(logs, partition, index)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves each server its last configuration, as compaction does. */
    private static void compactConfigs(Logs logs, int partition) {
        List<Logs.Rec> configs = logs.of(Topics.POOL_CONFIGS, partition);
        Set<String> servers = new HashSet<>();
        List<Logs.Rec> left = new ArrayList<>();
        for (int i = configs.size() - 1; i >= 0; i--) {
            if (servers.add(configs.get(i).key())) {
                left.add(0, configs.get(i));
            }
        }
        configs.clear();
        configs.addAll(left);
    }

    private static boolean isTick(Logs.Rec event) {
        return ((SessionEvent) event.value()).getEvent() instanceof Tick;
    }

    private static void clean(int history, AuditReport report) {
        assertThat(report.violations())
                .as("history %d of seed %d:%n%s", history, SEED, report.toText())
                .isEmpty();
    }
}
