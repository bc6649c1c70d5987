package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SetAsideCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PoolsExportTest {

    private final SimulatedFleet fleet = new SimulatedFleet();

    @Test
    void shouldWriteListsWhereIdsFollowFromTheirOrderAndIdsWhereNot() {
        // given
        apply(
                """
                servers:
                  de-fra-wg-103:
                    cap: 4
                    country: no
                    v4: [192.0.2.0/29, 192.0.2.20]
                    v6: [{prefix: "2001:db8::/64", count: 7}]
                  on:
                    ladder: {shorten-rest-to: 90s, share-up-to: 2}
                    slots:
                      - {id: 3, v4: 198.51.100.1-198.51.100.2}
                      - {v6: "2001:db8:1::1"}
                """);

        // when
        String yaml = PoolsExport.yaml(configs());

        // then
        assertThat(yaml)
                .isEqualTo(
                        """
                        defaults:
                          cap: 1
                          min-rest: 10m
                          placement: uniform-random
                          ladder: none
                          max-resting-share: 100%
                          lease-ttl: 5m
                          target-blocking: 0.1%
                        servers:
                          "de-fra-wg-103":
                            cap: 4
                            country: "no"
                            v4:
                              - 192.0.2.1-192.0.2.6
                              - 192.0.2.20
                            v6:
                              - "2001:db8::1-2001:db8::6"
                              - "2001:db8::7"
                          "on":
                            ladder: {shorten-rest-to: 1m30s, share-up-to: 2}
                            next-slot-id: 6
                            slots:
                              - {id: 3, v4: 198.51.100.1-198.51.100.2}
                              - {id: 5, v6: "2001:db8:1::1"}
                        """);
    }

    @Test
    void shouldTellInCommentsWhatAFileDoesNotHold() {
        // given
        apply("servers: {a: {v4: [192.0.2.1-192.0.2.2]}}");
        PoolConfig config =
                PoolConfig.newBuilder(configs().get("a"))
                        .setDraining(true)
                        .setSetAside(
                                List.of(new SetAside(1, SetAsideCause.REPUTATION, "it's\nlisted")))
                        .build();

        // when
        String yaml = PoolsExport.yaml(new TreeMap<>(Map.of("a", config)));

        // then
        assertThat(yaml)
                .contains(
                        "    # is draining: ./exitpool pools drain a\n",
                        "    # is set aside: ./exitpool pools set-aside a 192.0.2.2 --cause"
                                + " reputation --reason 'it s listed'\n");
        assertThat(PoolsFile.parse(yaml, Limits.STANDARD).servers()).containsOnlyKeys("a");
    }

    @Test
    void shouldLeaveOutAServerThatHasNoSlotNow() {
        // given
        PoolConfig empty =
                PoolConfig.newBuilder().setVersion(3).setSlots(List.of()).setNextSlotId(5).build();

        // when
        String yaml = PoolsExport.yaml(new TreeMap<>(Map.of("a", empty)));

        // then
        assertThat(yaml).endsWith("servers: {}\n  # a has no slots, and is left out\n");
    }

    @Test
    void shouldChangeNothingWhereItCameFromAndGiveTheSameIdsElsewhere() {
        Random random = new Random(Seed.of(PoolsExportTest.class));
        for (int round = 0; round < 200; round++) {
            // given: a server with a history
            SimulatedFleet here = new SimulatedFleet();
            for (int version = 0; version < 4; version++) {
                PoolsFile wanted = randomFile(random);
                for (int step = 0; step < 2; step++) {
                    here.write(Planner.plan(wanted, here.state(), false, false));
                    here.takeUpAll("a");
                    here.rest("a");
                }
            }
            PoolConfig config = here.state().pool("a").config().orElseThrow();

            // when
            String yaml = PoolsExport.yaml(new TreeMap<>(Map.of("a", config)));
            PoolsFile file = PoolsFile.parse(yaml, Limits.STANDARD);

            // then
            assertThat(Planner.plan(file, here.state(), false, false).writes()).isEmpty();
            Plan elsewhere = Planner.plan(file, new SimulatedFleet().state(), false, false);
            PoolConfig copy = elsewhere.writes().get(0).after().orElseThrow();
            assertThat(PoolConfig.newBuilder(copy).setVersion(config.getVersion()).build())
                    .isEqualTo(config);
        }
    }

    private static PoolsFile randomFile(Random random) {
        List<WantedSlot> slots = new ArrayList<>();
        boolean dual = random.nextBoolean();
        boolean single = random.nextInt(4) == 0;
        for (int i = 1; i <= 20; i++) {
            if (random.nextInt(3) > 0 || slots.isEmpty()) {
                Optional<Address> v4 =
                        single && i % 5 == 0
                                ? Optional.empty()
                                : Optional.of(Address.parse("192.0.2." + i));
                Optional<Address> v6 =
                        dual || v4.isEmpty()
                                ? Optional.of(Address.parse("2001:db8::" + i))
                                : Optional.empty();
                slots.add(new WantedSlot(OptionalInt.empty(), new SlotAddresses(v4, v6)));
            }
        }
        PoolSettings settings =
                new PoolSettings(
                        1 + random.nextInt(4),
                        Duration.ofSeconds(600 + random.nextInt(600)),
                        Placement.values()[random.nextInt(3)],
                        random.nextBoolean()
                                ? Optional.of(Duration.ofSeconds(random.nextInt(600)))
                                : Optional.empty(),
                        random.nextBoolean() ? OptionalInt.of(10) : OptionalInt.empty(),
                        random.nextDouble(),
                        Duration.ofMillis(60_000 + random.nextInt(100_000)),
                        0.001 + random.nextDouble() / 2);
        ServerPool pool =
                new ServerPool(
                        slots,
                        settings,
                        OptionalInt.empty(),
                        random.nextBoolean() ? Optional.of("se") : Optional.empty(),
                        random.nextBoolean() ? Optional.of("sto") : Optional.empty());
        return new PoolsFile(PoolSettings.DEFAULT, new TreeMap<>(Map.of("a", pool)));
    }

    private void apply(String yaml) {
        fleet.write(
                Planner.plan(PoolsFile.parse(yaml, Limits.STANDARD), fleet.state(), false, false));
    }

    private SortedMap<String, PoolConfig> configs() {
        SortedMap<String, PoolConfig> configs = new TreeMap<>();
        fleet.state()
                .pools()
                .forEach((server, pool) -> configs.put(server, pool.config().orElseThrow()));
        return configs;
    }
}
