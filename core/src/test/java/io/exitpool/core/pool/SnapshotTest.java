package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.only;
import static io.exitpool.core.pool.OneServer.outcomes;
import static io.exitpool.core.pool.OneServer.session;
import static io.exitpool.core.pool.OneServer.startOf;
import static io.exitpool.core.pool.OneServer.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rules 7 and 8: nothing before the first snapshot, and what snapshots do. */
class SnapshotTest {
    private static final int HUNDRED_THOUSAND = 100_000;

    private final PoolConfig tenSlots = ConfigDraft.slots(10).minRest(60_000).next();

    @Test
    void shouldGrantNothingBeforeTheFirstSnapshot() {
        // given
        OneServer server = OneServer.configured(tenSlots);
        server.send(new ServerStarted());
        // when, then
        assertThat(server.start(1)).isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
        assertThat(server.start(1)).isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
        assertThat(server.status().synced()).isFalse();
        assertThat(server.snapshot()).isEmpty();
        assertThat(server.status().synced()).isTrue();
        server.grant(1);
    }

    @Test
    void shouldGrantNothingAfterTheFirstOfTwoParts() {
        // given
        OneServer server = OneServer.configured(tenSlots);
        SnapshotPart first = server.part(0, 2, live(1));
        SnapshotPart second = server.part(1, 2, live(2));
        // when, then
        assertThat(server.send(first)).isEmpty();
        List<Decision> told = server.send(second);
        assertThat(told).extracting(Decision::session).containsExactly(session(1), session(2));
        assertThat(told).extracting(Decision::seq).containsOnly(OptionalLong.of(server.seq));
    }

    @Test
    void shouldReleaseWhatASnapshotDoesNotName() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        int first = server.grant(1).slot();
        server.grant(2);
        long grantedAt = server.now / 1000;
        server.pass(30_000);
        // when, then
        assertThat(server.snapshot(live(2)))
                .containsExactly(
                        server.answer(
                                1,
                                tenSlots,
                                new Released(first, ReleaseCause.VANISHED, grantedAt, 0)));
        assertThat(server.sink.rows(OneServer.SERVER).slots.get(first).reported()).isFalse();
    }

    @Test
    void shouldSayNothingOfASnapshotThatAgrees() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        int slot = server.grant(1).slot();
        server.sink.takeRowChanges();
        // when, then a renewal is no row but the pool's own
        assertThat(server.snapshot(holding(1, slot))).isEmpty();
        assertThat(server.sink.takeRowChanges()).isEqualTo(1);
    }

    @Test
    void shouldGrantASessionThatOnlyTheSnapshotTellsOf() {
        // given a start whose event was lost
        OneServer server = OneServer.synced(tenSlots);
        // when
        List<Decision> told = server.snapshot(wanting(1, 6), live(2));
        // then
        Granted wanted = OneServer.granted(told.get(0).outcome());
        assertThat(wanted.slot()).isEqualTo(6);
        assertThat(wanted.choice()).isEqualTo(Choice.WANTED);
        assertThat(OneServer.granted(told.get(1).outcome()).choice()).isEqualTo(Choice.PLACED);
        assertThat(told).hasSize(2);
    }

    @Test
    void shouldRejectWhatTheSnapshotTellsOfWhenThePoolIsDry() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).next());
        server.grant(1);
        // when, then
        assertThat(outcomes(server.snapshot(live(1), live(2), live(3))))
                .containsExactly(
                        new Rejected(RejectCause.EXHAUSTED, 1_000, 0),
                        new Rejected(RejectCause.EXHAUSTED, 1_000, 0));
    }

    @Test
    void shouldReleaseBeforeItPlaces() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).next());
        server.grant(1);
        // when, then the slot of the one that vanished serves the other at once
        assertThat(server.snapshot(live(2)))
                .extracting(Decision::session)
                .containsExactly(session(1), session(2));
    }

    @Test
    void shouldAdoptBeforeItPlaces() {
        // given a pool of two, wiped
        for (int round = 0; round < 30; round++) {
            OneServer server = OneServer.configured(ConfigDraft.slots(2).next());
            // when
            List<Decision> told = server.snapshot(live(1), holding(2, round % 2));
            // then the one that holds no slot cannot take the other's
            assertThat(told).extracting(Decision::session).containsExactly(session(2), session(1));
            assertThat(OneServer.granted(told.get(1).outcome()).slot()).isEqualTo(1 - round % 2);
        }
    }

    @Test
    void shouldRepeatTheBooksWhereTheServersMapDiffers() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        int slot = server.grant(1).slot();
        // when
        Granted again = OneServer.granted(only(server.snapshot(holding(1, slot ^ 1))));
        // then
        assertThat(again.slot()).isEqualTo(slot);
        assertThat(again.repeated()).isTrue();
        assertThat(server.status().counters().adoptionConflicts()).isEqualTo(1);
    }

    @Test
    void shouldTakeASessionThatIsNamedTwiceForOne() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        // when, then
        assertThat(server.snapshot(live(1), live(1), holding(2, 3), holding(2, 3))).hasSize(2);
        assertThat(server.pools.sessions()).isEqualTo(2);
    }

    @Test
    void shouldDropASnapshotWithAPartMissing() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        server.grant(1);
        // when part 1 of 5 never comes
        assertThat(server.send(server.part(0, 5, live(9)))).isEmpty();
        server.seq++;
        for (int part = 2; part < 5; part++) {
            assertThat(server.send(server.part(part, 5, live(9)))).isEmpty();
        }
        // then nothing vanished, nobody was granted, and it counts once
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.status().counters()).isEqualTo(new PoolCounters(0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void shouldDropASnapshotThatAnEventInterrupts() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        server.grant(1);
        // when
        server.send(server.part(0, 2, live(1)));
        server.grant(2);
        assertThat(server.send(server.part(1, 2))).isEmpty();
        // then the start between its parts does not vanish
        assertThat(server.pools.sessions()).isEqualTo(2);
        assertThat(server.status().counters().incompleteSnapshots()).isEqualTo(1);
        assertThat(server.snapshot(live(1), live(2))).isEmpty();
    }

    @Test
    void shouldDropPartsOutOfOrderAndTakeTheNextSnapshot() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        SnapshotPart first = server.part(0, 2, live(1));
        SnapshotPart second = server.part(1, 2, live(2));
        // when, then
        assertThat(server.send(second)).isEmpty();
        assertThat(server.send(first)).isEmpty();
        assertThat(server.pools.sessions()).isZero();
        assertThat(server.snapshot(live(1), live(2))).hasSize(2);
        assertThat(server.status().counters().incompleteSnapshots()).isEqualTo(1);
    }

    @Test
    void shouldDropASnapshotThatTheNextOneOvertakes() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        // when
        server.send(server.part(0, 3, live(1)));
        List<Decision> told = server.snapshot(live(2));
        // then
        assertThat(told).extracting(Decision::session).containsExactly(session(2));
        assertThat(server.status().counters().incompleteSnapshots()).isEqualTo(1);
    }

    @Test
    void shouldNotPutTogetherPartsOfDifferentSnapshots() {
        // given, each time, the first of two parts
        OneServer server = OneServer.synced(tenSlots);
        server.grant(1);
        server.send(server.part(0, 2, live(1)));
        // when the second is of another snapshot, or counts its parts in another way
        assertThat(server.send(new SnapshotPart(77, 1, 2, List.of()))).isEmpty();
        server.send(server.part(0, 2, live(1)));
        assertThat(server.send(new SnapshotPart(3, 1, 3, List.of()))).isEmpty();
        // then
        assertThat(server.status().counters().incompleteSnapshots()).isEqualTo(3);
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.snapshot()).hasSize(1);
    }

    @Test
    void shouldNotBeVoidedByACopyOfAPart() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        SnapshotPart first = server.part(0, 2, live(1));
        server.send(first);
        // when its copy comes with the same number
        assertThat(server.send(server.epoch, server.seq, first)).isEmpty();
        // then
        assertThat(server.send(server.part(1, 2, live(2)))).hasSize(2);
        assertThat(server.status().counters()).isEqualTo(new PoolCounters(1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldForgetThePartsOfAnOlderEpoch() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        server.send(server.part(0, 2, live(1)));
        // when
        server.restart();
        assertThat(server.send(server.part(1, 2, live(2)))).isEmpty();
        // then
        assertThat(server.status().synced()).isFalse();
        assertThat(server.pools.sessions()).isZero();
    }

    @Test
    void shouldTakeAHundredThousandSessionsInParts() {
        // given a /16 that carries two sessions a slot
        PoolConfig config = ConfigDraft.slots(1).ranges(sixteen()).cap(2).minRest(60_000).next();
        OneServer server = OneServer.configured(config);
        // when
        List<Decision> told = sendAll(server, HUNDRED_THOUSAND);
        // then
        assertThat(told).hasSize(HUNDRED_THOUSAND);
        assertThat(server.pools.sessions()).isEqualTo(HUNDRED_THOUSAND);
        assertThat(server.status().inUse()).isEqualTo(HUNDRED_THOUSAND / 2);
        // when all live on after a restart, then all stay
        server.restart();
        assertThat(sendAll(server, HUNDRED_THOUSAND)).isEmpty();
        // when half of them are gone
        List<Decision> vanished = sendAll(server, HUNDRED_THOUSAND / 2);
        assertThat(vanished).hasSize(HUNDRED_THOUSAND / 2);
        assertThat(server.pools.sessions()).isEqualTo(HUNDRED_THOUSAND / 2);
        assertThat(server.end(1).slot()).isZero();
        assertThat(server.send(endOf(HUNDRED_THOUSAND - 1))).isEmpty();
    }

    @Test
    void shouldEndSessionsWhileThePoolIsOutOfSync() {
        // given
        OneServer server = OneServer.synced(tenSlots);
        int slot = server.grant(1).slot();
        server.restart();
        // when, then
        assertThat(server.end(1))
                .isEqualTo(new Released(slot, ReleaseCause.ENDED, server.now / 1000, 0));
        assertThat(only(server.send(startOf(2))))
                .isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
    }

    /** Sessions 0 to n - 1, two on each slot, in full parts. */
    private static List<Decision> sendAll(OneServer server, int n) {
        int parts = (n + SnapshotPart.MAX_ENTRIES - 1) / SnapshotPart.MAX_ENTRIES;
        List<Decision> told = List.of();
        for (int part = 0; part < parts; part++) {
            assertThat(told).as("before the last part").isEmpty();
            List<SnapshotEntry> entries = new ArrayList<>();
            int end = Math.min(n, (part + 1) * SnapshotPart.MAX_ENTRIES);
            for (int s = part * SnapshotPart.MAX_ENTRIES; s < end; s++) {
                entries.add(
                        new SnapshotEntry(session(s), OptionalInt.of(s / 2), OptionalInt.empty()));
            }
            told = server.send(server.part(part, parts, entries.toArray(SnapshotEntry[]::new)));
        }
        return told;
    }

    /** All of 198.18.0.0/16, a network for benchmarks. */
    static SlotRange sixteen() {
        return new SlotRange(0, 65_536, Addresses.ofV4(0xC612_0000));
    }
}
