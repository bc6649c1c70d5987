package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import io.exitpool.schemas.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolsFileTest {

    private static final String FULL =
            """
            defaults:
              cap: 2
              min-rest: 5m
              placement: longest-rested
              ladder: {shorten-rest-to: 1m, share-up-to: 4}
              max-resting-share: 50%
              lease-ttl: 90s
              target-blocking: 1%
            servers:
              se-sto-wg-208:
                v4:
                  - 192.0.2.0/30
                  - {prefix: 192.0.2.8/30, whole: true}
                  - 192.0.2.20-192.0.2.21
                  - 192.0.2.30
              no-osl-wg-101:
                cap: 1
                ladder: none
                country: no
                city: osl
                v4: [198.51.100.1-198.51.100.3]
                v6: [{prefix: "2001:db8::/64", count: 3}]
              fi-hel-wg-201:
                ladder: {share-up-to: 8}
                next-slot-id: 20
                slots:
                  - {v4: 203.0.113.1, v6: "2001:db8:1::1"}
                  - {v6: "2001:db8:1::2"}
                  - {id: 7, v4: 203.0.113.8-203.0.113.9}
            """;

    @Test
    void shouldReadEveryForm() {
        // when
        PoolsFile file = PoolsFile.parse(FULL, Limits.STANDARD);

        // then
        assertThat(file.servers())
                .containsOnlyKeys("se-sto-wg-208", "no-osl-wg-101", "fi-hel-wg-201");
        assertThat(slots(file, "se-sto-wg-208"))
                .containsExactly(
                        "192.0.2.1",
                        "192.0.2.2",
                        "192.0.2.8",
                        "192.0.2.9",
                        "192.0.2.10",
                        "192.0.2.11",
                        "192.0.2.20",
                        "192.0.2.21",
                        "192.0.2.30");
        assertThat(slots(file, "no-osl-wg-101"))
                .containsExactly(
                        "198.51.100.1 + 2001:db8::1",
                        "198.51.100.2 + 2001:db8::2",
                        "198.51.100.3 + 2001:db8::3");
        assertThat(slots(file, "fi-hel-wg-201"))
                .containsExactly(
                        "203.0.113.1 + 2001:db8:1::1",
                        "2001:db8:1::2",
                        "203.0.113.8",
                        "203.0.113.9");
        assertThat(file.servers().get("fi-hel-wg-201").slots())
                .map(WantedSlot::id)
                .containsExactly(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(7),
                        OptionalInt.of(8));
        assertThat(file.servers().get("fi-hel-wg-201").nextSlotId()).hasValue(20);
        assertThat(file.servers().get("no-osl-wg-101").country()).hasValue("no");
        assertThat(file.servers().get("no-osl-wg-101").city()).hasValue("osl");
    }

    @Test
    void shouldFillInDefaultsAndReplaceTheLadderAsAWhole() {
        // when
        PoolsFile file = PoolsFile.parse(FULL, Limits.STANDARD);

        // then
        PoolSettings expected =
                new PoolSettings(
                        2,
                        Duration.ofMinutes(5),
                        Placement.LONGEST_RESTED,
                        Optional.of(Duration.ofMinutes(1)),
                        OptionalInt.of(4),
                        0.5,
                        Duration.ofSeconds(90),
                        0.01);
        assertThat(file.defaults()).isEqualTo(expected);
        assertThat(file.servers().get("se-sto-wg-208").settings()).isEqualTo(expected);
        PoolSettings oslo = file.servers().get("no-osl-wg-101").settings();
        assertThat(oslo.cap()).isEqualTo(1);
        assertThat(oslo.shortenRestTo()).isEmpty();
        assertThat(oslo.shareUpTo()).isEmpty();
        PoolSettings helsinki = file.servers().get("fi-hel-wg-201").settings();
        assertThat(helsinki.shortenRestTo()).isEmpty();
        assertThat(helsinki.shareUpTo()).hasValue(8);
    }

    @Test
    void shouldHaveTheSchemasDefaults() {
        // when
        PoolsFile file = PoolsFile.parse("servers: {a: {v4: [192.0.2.1]}}", Limits.STANDARD);

        // then
        assertThat(file.servers().get("a").settings())
                .isEqualTo(
                        new PoolSettings(
                                1,
                                Duration.ofMinutes(10),
                                Placement.UNIFORM_RANDOM,
                                Optional.empty(),
                                OptionalInt.empty(),
                                1.0,
                                Duration.ofMinutes(5),
                                0.001));
    }

    /** One mistake, where it is, and what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servers: {a: {v4: [192.0.2.300]}} | servers.a.v4[0] | '192.0.2.300' is not an IP",
                "servers: {a: {v4: ['2001:db8::1']}} | servers.a.v4[0] | is not IPv4",
                "servers: {a: {v6: [192.0.2.1]}} | servers.a.v6[0] | is not IPv6",
                "servers: {a: {v4: [[192.0.2.1]]}} | servers.a.v4[0] | an address, a range or a",
                "servers: {a: {v4: 192.0.2.1}} | servers.a.v4 | is a list",
                "servers: {a: {v4: [{whole: true}]}} | servers.a.v4[0] | has no prefix",
                "servers: {a: {v4: [{prefix: 192.0.2.0/24, whole: yes}]}} | servers.a.v4[0].whole |"
                        + " neither true nor false",
                "servers: {a: {v4: [{prefix: 192.0.2.0/24, count: 300}]}} | servers.a.v4[0] |"
                        + " 254 usable",
                "servers: {a: {v4: [{prefix: 192.0.2.0/24, size: 3}]}} | servers.a.v4[0].size |"
                        + " unknown",
                "servers: {a: {v6: ['2001:db8::/64']}} | servers.a.v6[0] | needs a count",
                "servers: {a: {v4: [192.0.2.1-192.0.2.3], v6: ['2001:db8::1']}} | servers.a |"
                        + " has 3 IPv4 and 1 IPv6 addresses",
                "servers: {a: {v4: [192.0.2.1], v6: []}} | servers.a | has 1 IPv4 and 0 IPv6",
                "servers: {a: {v4: [192.0.2.1], slots: [{v4: 192.0.2.2}]}} | servers.a | not both",
                "servers: {a: {cap: 1}} | servers.a | has no addresses",
                "servers: {a: } | servers.a | is a mapping",
                "servers: {a: {v4: []}} | servers.a | has 1 to 65536 slots, not 0",
                "servers: {a: {slots: [{id: 1}]}} | servers.a.slots[0] | has neither v4 nor v6",
                "servers: {a: {slots: [{id: x, v4: 192.0.2.1}]}} | servers.a.slots[0].id |"
                        + " 'x' is not a whole number",
                "servers: {a: {slots: [{id: -1, v4: 192.0.2.1}]}} | servers.a | id is 0 to",
                "servers: {a: {slots: [{id: 2147483647, v4: 192.0.2.1}]}} | servers.a.slots[0] |"
                        + " ids above",
                "servers: {a: {slots: [{id: 1, v4: 192.0.2.1}, {id: 1, v4: 192.0.2.2}]}} |"
                        + " servers.a | two slots have the id 1",
                "servers: {a: {next-slot-id: 1, slots: [{id: 1, v4: 192.0.2.1}]}} |"
                        + " servers.a.next-slot-id | is above every id (1), not 1",
                "servers: {a: {slots: [{v4: 192.0.2.1-192.0.2.2, v6: '2001:db8::1'}]}} |"
                        + " servers.a.slots[0] | unequally many",
                "servers: {a: {slots: [{v4: 192.0.2.1, v5: 1}]}} | servers.a.slots[0].v5 | unknown",
                "servers: {a: {v4: [10.0.0.0/8]}} | servers.a.v4[0] | makes 16777214 slots",
                "servers: {a: {v6: [{prefix: '2001:db8::/64', whole: true}]}} | servers.a.v6[0] |"
                        + " far too many",
                "servers: {a: {v4: [{prefix: 10.0.0.0/16, whole: true}, 10.1.0.0]}} |"
                        + " servers.a.v4[1] | makes 65537 slots; a server has at most 65536",
                "servers: {a: {v4: [192.0.2.1, 192.0.2.1]}} | servers.a | 192.0.2.1 more than once",
                "servers: {a: {v4: [192.0.2.1]}, b: {v4: [192.0.2.0/30]}} | servers.b |"
                        + " 192.0.2.1 also on a",
                "servers: {a: {v4: [127.0.0.1]}} | servers.a | 127.0.0.1: no exit has such",
                "servers: {A_b: {v4: [192.0.2.1]}} | servers.A_b | is not a server's name",
                "servers: {a: {v4: [192.0.2.1], cap: 0}} | servers.a.cap | is 1 to 1024",
                "servers: {a: {v4: [192.0.2.1], cap: 1025}} | servers.a.cap | is 1 to 1024",
                "servers: {a: {v4: [192.0.2.1], cap: many}} | servers.a.cap | not a whole number",
                "servers: {a: {v4: [192.0.2.1], cap: [1]}} | servers.a.cap | is one value",
                "servers: {a: {v4: [192.0.2.1], cap: }} | servers.a.cap | is one value",
                "servers: {a: {v4: [192.0.2.1], min-rest: 25h}} | servers.a.min-rest |"
                        + " is 0s to 1d, not 1d1h",
                "servers: {a: {v4: [192.0.2.1], min-rest: 10}} | servers.a.min-rest |"
                        + " is not a duration",
                "servers: {a: {v4: [192.0.2.1], placement: best}} | servers.a.placement |"
                        + " 'best' is none of uniform-random, longest-rested, least-loaded",
                "servers: {a: {v4: [192.0.2.1], lease-ttl: 59s}} | servers.a.lease-ttl |"
                        + " is 1m to 1d, not 59s",
                "servers: {a: {v4: [192.0.2.1], max-resting-share: 101%}} |"
                        + " servers.a.max-resting-share | is 0% to 100%, not 101%",
                "servers: {a: {v4: [192.0.2.1], max-resting-share: -0.1}} |"
                        + " servers.a.max-resting-share | not -10%",
                "servers: {a: {v4: [192.0.2.1], target-blocking: 0}} |"
                        + " servers.a.target-blocking | above 0% and below 100%",
                "servers: {a: {v4: [192.0.2.1], target-blocking: 100%}} |"
                        + " servers.a.target-blocking | above 0% and below 100%",
                "servers: {a: {v4: [192.0.2.1], cap: 4, ladder: {share-up-to: 4}}} |"
                    + " servers.a.ladder.share-up-to | is above cap (4) and at most 1024, not 4",
                "servers: {a: {v4: [192.0.2.1], ladder: {shorten-rest-to: 10m}}} |"
                        + " servers.a.ladder.shorten-rest-to | below min-rest (10m), not 10m",
                "servers: {a: {v4: [192.0.2.1], ladder: {shorten-rest: 1m}}} |"
                        + " servers.a.ladder.shorten-rest | unknown",
                "servers: {a: {v4: [192.0.2.1], ladder: some}} | servers.a.ladder | is a mapping",
                "servers: {a: {v4: [192.0.2.1], country: swe}} | servers.a.country | two letters",
                "servers: {a: {v4: [192.0.2.1], city: St Paul}} | servers.a.city | of a-z",
                "servers: {a: {v4: [192.0.2.1], capacity: 1}} | servers.a.capacity | unknown",
                "servers: {a: {v4: [192.0.2.1], cap: 1, cap: 2}} | servers.a | names 'cap' twice",
                "servers: {a: {v4: [192.0.2.1]}, a: {v4: [192.0.2.2]}} | servers | names 'a' twice",
                "{servers: {a: {v4: [192.0.2.1]}}, default: {}} | default | unknown",
                "{servers: {a: {v4: [192.0.2.1]}}, defaults: {v4: [192.0.2.1]}} | defaults.v4 |"
                        + " unknown",
                "{servers: {a: {v4: [192.0.2.1]}}, defaults: {cap: 0}} | defaults.cap | is 1 to",
                "servers: {} | servers | names no server",
                "'' | servers | names no server",
                "servers: [a] | servers | is a mapping",
                "servers: {a: | '' | this is not YAML"
            })
    void shouldRefuse(String yaml, String path, String what) {
        // when
        PoolsFileException refused =
                catchThrowableOfType(
                        PoolsFileException.class, () -> PoolsFile.parse(yaml, Limits.STANDARD));

        // then: this, and nothing that only follows from it
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.problems().get(0).path()).isEqualTo(path == null ? "" : path);
        assertThat(refused.problems().get(0).what()).contains(what);
    }

    @Test
    void shouldTellAllMistakesAtOnceWithTheirLines() {
        // given
        String yaml =
                """
                defaults:
                  lease-ttl: 5s
                  speed: 3
                servers:
                  a:
                    cap: 0
                    v4:
                      - 192.0.2.1
                      - 192.0.2.one
                  b:
                    v4: [192.0.2.1]
                    v6: ["2001:db8::1", "2001:db8::2"]
                """;

        // when
        PoolsFileException refused =
                catchThrowableOfType(
                        PoolsFileException.class, () -> PoolsFile.parse(yaml, Limits.STANDARD));

        // then
        assertThat(refused.problems())
                .map(Problem::toString)
                .containsExactly(
                        "line 2: defaults.lease-ttl: is 1m to 1d, not 5s",
                        "line 3: defaults.speed: unknown; what may stand here: cap, ladder,"
                                + " lease-ttl, max-resting-share, min-rest, placement,"
                                + " target-blocking",
                        "line 6: servers.a.cap: is 1 to 1024 sessions, not 0",
                        "line 9: servers.a.v4[1]: '192.0.2.one' is not an IP address",
                        "line 12: servers.b: has 1 IPv4 and 2 IPv6 addresses; they pair up in"
                                + " order, so there must be as many of each (or write slots)");
    }

    @Test
    void shouldAllowAShortTtlToThoseWhoRunFaster() {
        // given
        String yaml = "servers: {a: {v4: [192.0.2.1], lease-ttl: 1s}}";

        // when
        PoolsFile file = PoolsFile.parse(yaml, Limits.FASTER_THAN_LIFE);

        // then
        assertThat(file.servers().get("a").settings().leaseTtl()).hasSeconds(1);
    }

    @Test
    void shouldDivideEveryDuration() {
        // given
        PoolsFile file = PoolsFile.parse(FULL, Limits.STANDARD);

        // when
        PoolsFile faster = file.withSettings(settings -> settings.faster(60));

        // then
        PoolSettings settings = faster.servers().get("se-sto-wg-208").settings();
        assertThat(settings.minRest()).hasSeconds(5);
        assertThat(settings.shortenRestTo()).hasValue(Duration.ofSeconds(1));
        assertThat(settings.leaseTtl()).hasMillis(1_500);
        assertThat(settings.cap()).isEqualTo(2);
        assertThat(PoolsFileChecks.check(faster, Limits.FASTER_THAN_LIFE)).isEmpty();
        assertThat(PoolsFileChecks.check(faster, Limits.STANDARD))
                .map(Problem::path)
                .containsExactly("defaults.lease-ttl");
    }

    private static List<String> slots(PoolsFile file, String server) {
        return file.servers().get(server).slots().stream()
                .map(slot -> slot.addresses().toString())
                .toList();
    }
}
