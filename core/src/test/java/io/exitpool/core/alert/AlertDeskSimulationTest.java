package io.exitpool.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Signals in every order that chance finds: what is told opens once and resolves once, nothing that
 * is raised goes unnamed for longer than an hour, or what looks at the hour for longer than that
 * and half of it, and all of it is over when all servers are well.
 */
class AlertDeskSimulationTest {
    private static final long MINUTE = 60_000;
    private static final int RUNS = 60;
    private static final int STEPS = 400;
    private static final List<String> SERVERS =
            List.of("se-sto-wg-001", "se-sto-wg-002", "se-sto-wg-003", "se-got-wg-001", "se-wg");

    @Test
    void shouldOpenOnceResolveOnceAndHideNothing() {
        long seed = Seed.givenOrFresh();
        Seed.run(
                AlertDeskSimulationTest.class,
                seed,
                () -> {
                    SplittableRandom seeds = new SplittableRandom(seed);
                    int echoes = 0;
                    for (int run = 0; run < RUNS; run++) {
                        echoes += new Run(seeds.split()).play();
                    }
                    assertThat(echoes).as("echoes of storms that were over").isPositive();
                });
    }

    private static final class Run {
        private final SplittableRandom random;
        private final Office office = new Office();
        private final Map<AlertKey, Long> raised = new HashMap<>();
        private final Map<AlertKey, Long> hidden = new HashMap<>();
        private final Map<String, Long> quiet = new HashMap<>();
        private final Map<AlertKey, Alert> topic = new HashMap<>();
        private final Map<AlertKey, Long> toldAt = new HashMap<>();
        private int named;
        private int echoes;
        private long now = 1_767_225_600_000L;

        Run(SplittableRandom random) {
            this.random = random;
        }

        /** How often something was the echo of a storm that was over. */
        int play() {
            for (int step = 0; step < STEPS; step++) {
                now +=
                        random.nextInt(10) == 0
                                ? random.nextLong(30 * MINUTE)
                                : random.nextLong(MINUTE);
                step(SERVERS.get(random.nextInt(SERVERS.size())));
                office.time(now);
                read();
                shouldNameEverything();
            }
            now += 1;
            new ArrayList<>(raised.keySet()).forEach(this::clear);
            new ArrayList<>(quiet.keySet()).forEach(this::hear);
            read();
            assertThat(topic.values()).noneMatch(Alert::open);
            assertThat(office.atRest()).isTrue();
            office.time(now + 31L * 24 * 60 * MINUTE);
            assertThat(office.forgotten()).isTrue();
            assertThat(office.tombstones()).containsAll(topic.keySet());
            assertThat(named).as("storms").isPositive();
            return echoes;
        }

        private void step(String server) {
            AlertKind kind = AlertKind.values()[random.nextInt(AlertKind.values().length)];
            AlertKey key = new AlertKey(server, kind);
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    if (quiet.containsKey(server)) {
                        hear(server);
                    } else {
                        quiet.put(server, now);
                        office.quiet(server, now);
                    }
                }
                case 2 -> {
                    if (random.nextInt(5) == 0) {
                        office.gone(server, now);
                        raised.keySet().removeIf(one -> one.server().equals(server));
                        quiet.remove(server);
                    }
                }
                default -> {
                    if (raised.containsKey(key)) {
                        clear(key);
                    } else if (kind != AlertKind.SERVER_SILENT || quiet.containsKey(server)) {
                        raised.put(key, now);
                        office.signal(
                                server,
                                now,
                                Office.raised(kind, now, kind.ofLoad() && random.nextBoolean()));
                    }
                }
            }
        }

        private void hear(String server) {
            quiet.remove(server);
            office.heard(server, now);
            AlertKey silence = new AlertKey(server, AlertKind.SERVER_SILENT);
            if (raised.containsKey(silence)) {
                clear(silence);
            }
        }

        private void clear(AlertKey key) {
            office.clear(key.server(), key.kind(), raised.remove(key), now);
        }

        /** As a pager reads it. */
        private void read() {
            for (Alert alert : office.told()) {
                AlertKey key = new AlertKey(alert.server(), alert.kind());
                Alert before = topic.put(key, alert);
                boolean same = before != null && before.episode() == alert.episode();
                if (alert.open() && alert.revision() == 0) {
                    assertThat(before == null || !before.open()).as("%s", alert).isTrue();
                    assertThat(before == null || before.episode() < alert.episode()).isTrue();
                } else {
                    assertThat(same && before.open()).as("%s", alert).isTrue();
                    assertThat(alert.revision())
                            .isEqualTo(before.revision() + (alert.open() ? 1 : 0));
                    assertThat(alert.revision()).isLessThanOrEqualTo(2);
                }
                if (!alert.open()) {
                    assertThat(alert.resolvedAt()).as("%s", alert).hasValue(now);
                    assertThat(now).isGreaterThanOrEqualTo(toldAt.get(key));
                }
                toldAt.put(key, now);
            }
        }

        /**
         * Whatever is raised is open in the topic, or for an hour the alert that leads it is. What
         * looks at the hour may wait half an hour more, and for a storm that is over.
         */
        private void shouldNameEverything() {
            for (AlertKey key : raised.keySet()) {
                Optional<AlertKey> leader = office.leader(key);
                boolean echo = leader.equals(Optional.of(key));
                assertThat(echo).isIn(false, key.kind().lags());
                Alert told = topic.get(leader.orElse(key));
                assertThat(echo || told != null && told.open()).as("%s is told", key).isTrue();
                if (leader.isPresent()) {
                    named++;
                    echoes += echo ? 1 : 0;
                    assertThat(now - hidden.computeIfAbsent(key, first -> now))
                            .isLessThanOrEqualTo((key.kind().lags() ? 90 : 60) * MINUTE);
                } else {
                    hidden.remove(key);
                }
            }
            hidden.keySet().retainAll(raised.keySet());
        }
    }
}
