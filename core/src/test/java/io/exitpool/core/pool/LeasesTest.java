package io.exitpool.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.core.Seed;
import io.exitpool.core.event.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of leases against a map. */
class LeasesTest {
    private static final int ROUNDS = 200;
    private static final int STEPS = 2_000;

    private record Lease(int number, int slot, long grantedAt) {}

    @Test
    void shouldFindWhatAMapFinds() {
        long base = Seed.givenOrFresh();
        int rounds = Seed.given().isPresent() ? 1 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            long seed = base + round;
            Seed.run(LeasesTest.class, seed, () -> mirror(new Random(seed)));
        }
    }

    @Test
    void shouldCarryASlashSixteen() {
        // given
        Leases leases = new Leases(65_536);
        Random random = new Random(Seed.givenOr(16));
        List<SessionId> sessions = new ArrayList<>();
        // when
        for (int n = 0; n < 65_536; n++) {
            SessionId session = new SessionId(random.nextLong(), random.nextLong());
            sessions.add(session);
            leases.add(session, n, n);
        }
        // then it has exactly as much room as the pool can carry at cap
        assertThat(leases.capacity()).isEqualTo(65_536);
        for (int n = 0; n < 65_536; n++) {
            assertThat(leases.slotOf(leases.find(sessions.get(n)))).isEqualTo(n);
        }
        // when every other one ends, then the rest is still found and the room is used again
        for (int n = 0; n < 65_536; n += 2) {
            leases.remove(leases.find(sessions.get(n)));
        }
        for (int n = 0; n < 65_536; n++) {
            assertThat(leases.find(sessions.get(n)) == Leases.NONE).isEqualTo(n % 2 == 0);
        }
        for (int n = 0; n < 32_768; n++) {
            leases.add(new SessionId(n, random.nextLong()), n, n);
        }
        assertThat(leases.capacity()).isEqualTo(65_536);
        assertThat(leases.size()).isEqualTo(65_536);
    }

    @Test
    void shouldTakeMoreThanExpected() {
        // given
        Leases leases = new Leases(10);
        // when
        for (int n = 0; n < 1_000; n++) {
            leases.add(OneServer.session(n), n % 10, n);
        }
        // then
        assertThat(leases.size()).isEqualTo(1_000);
        for (int n = 0; n < 1_000; n++) {
            assertThat(leases.grantedAt(leases.find(OneServer.session(n)))).isEqualTo(n);
        }
    }

    @Test
    void shouldKeepSecondsUntilTheYear2106() {
        Leases leases = new Leases(1);
        int lease = leases.add(OneServer.session(1), 0, 0xFFFF_FFFFL);
        assertThat(leases.grantedAt(lease)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void shouldRefuseASecondLeaseOfASession() {
        Leases leases = new Leases(4);
        leases.add(OneServer.session(1), 0, 0);
        assertThatThrownBy(() -> leases.add(OneServer.session(1), 1, 0))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("a session has two leases");
    }

    private static void mirror(Random random) {
        int expected = 1 + random.nextInt(60);
        Leases leases = new Leases(expected);
        Map<SessionId, Lease> mirror = new HashMap<>();
        List<SessionId> live = new ArrayList<>();
        // Ids that differ in few bits only, some of them in the high half alone, meet in the table.
        int ids = 1 + random.nextInt(3 * expected);
        for (int step = 0; step < STEPS; step++) {
            int id = random.nextInt(ids);
            SessionId session = new SessionId(id % 5, id / 5);
            if (!mirror.containsKey(session)) {
                int slot = random.nextInt(1_000);
                long at = Integer.toUnsignedLong(random.nextInt());
                mirror.put(session, new Lease(leases.add(session, slot, at), slot, at));
                live.add(session);
            } else if (random.nextInt(3) > 0) {
                leases.remove(leases.find(session));
                mirror.remove(session);
                live.remove(session);
            } else if (random.nextInt(500) == 0) {
                leases.clear();
                mirror.clear();
                live.clear();
            }
            if (step % 16 == 0) {
                compare(leases, mirror, ids);
            }
        }
        renumber(leases, mirror);
        compare(leases, mirror, ids);
    }

    private static void renumber(Leases leases, Map<SessionId, Lease> mirror) {
        int[] newIndex = new int[1_000];
        for (int slot = 0; slot < newIndex.length; slot++) {
            newIndex[slot] = newIndex.length - 1 - slot;
        }
        leases.renumber(newIndex, 30);
        mirror.replaceAll(
                (session, lease) ->
                        new Lease(lease.number(), newIndex[lease.slot()], lease.grantedAt()));
    }

    private static void compare(Leases leases, Map<SessionId, Lease> mirror, int ids) {
        assertThat(leases.size()).isEqualTo(mirror.size());
        for (int id = 0; id < ids; id++) {
            SessionId session = new SessionId(id % 5, id / 5);
            Lease lease = mirror.get(session);
            int found = leases.find(session);
            assertThat(found).isEqualTo(lease == null ? Leases.NONE : lease.number());
            if (lease != null) {
                assertThat(leases.session(found)).isEqualTo(session);
                assertThat(leases.slotOf(found)).isEqualTo(lease.slot());
                assertThat(leases.grantedAt(found)).isEqualTo(lease.grantedAt());
            }
        }
        Set<SessionId> living = new HashSet<>();
        for (int lease = 0; lease < leases.capacity(); lease++) {
            if (leases.lives(lease)) {
                living.add(leases.session(lease));
            }
        }
        assertThat(living).isEqualTo(mirror.keySet());
    }
}
