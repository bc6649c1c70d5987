package io.exitpool.streams.insight;

import static io.exitpool.streams.insight.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what agents say to the record that calls somebody: through both real topologies. */
class AlertsTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final int SLOTS = 40;
    private static final String CRASHED = "se-sto-wg-001";
    private static final List<String> NEIGHBOURS = List.of("se-sto-wg-002", "se-sto-wg-003");

    @TempDir Path dir;
    private Fleet fleet;
    private InsightDriver insight;

    @BeforeEach
    void open() {
        fleet = new Fleet(dir.resolve("allocation"));
        insight = new InsightDriver(dir.resolve("insight"), fleet.registry);
    }

    @AfterEach
    void close() {
        insight.close();
        fleet.close();
    }

    @Test
    void shouldTellThatAPoolIsExhaustedOnceAndThatItIsOverOnce() {
        // given: a burst, too short to be a load
        fleet.add(SERVER, Fleet.pool(1, SLOTS, Duration.ZERO));
        fleet.pass(Duration.ofMinutes(3));
        for (int session = 0; session < SLOTS; session++) {
            fleet.start(SERVER, id(session));
        }
        assertThat(told()).isEmpty();
        // when
        fleet.tryOnce(SERVER, id(SLOTS), 0);
        fleet.pass(Duration.ofSeconds(2));
        // then
        TestRecord<String, Alert> opened = only(told());
        assertThat(opened.key()).isEqualTo(SERVER + "/EXHAUSTED");
        assertThat(opened.value().getState()).isEqualTo(AlertState.OPEN);
        assertThat(opened.value().getRevision()).isZero();
        assertThat(opened.value().getResolvedAt()).isNull();
        assertThat(opened.value().getCountry()).isEqualTo("se");
        assertThat(opened.value().getCity()).isEqualTo("sto");
        // when: it goes on for a while
        for (int session = SLOTS + 1; session < SLOTS + 21; session++) {
            fleet.tryOnce(SERVER, id(session), 0);
            fleet.pass(Duration.ofSeconds(1));
        }
        for (int session = 0; session < SLOTS; session++) {
            fleet.end(SERVER, id(session));
        }
        fleet.pass(Duration.ofMinutes(4));
        // then
        assertThat(told()).isEmpty();
        // when
        fleet.pass(Duration.ofMinutes(2));
        // then
        TestRecord<String, Alert> resolved = only(told());
        assertThat(resolved.key()).isEqualTo(opened.key());
        assertThat(resolved.value().getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(resolved.value().getEpisode()).isEqualTo(opened.value().getEpisode());
        assertThat(resolved.value().getDurationMillis())
                .isEqualTo(resolved.value().getResolvedAt() - opened.value().getOpenedAt());
        assertThat(resolved.value().getPeak()).isGreaterThanOrEqualTo(opened.value().getValue());
        assertThat(resolved.timestamp()).isEqualTo(resolved.value().getResolvedAt());
        // when
        fleet.pass(Duration.ofMinutes(20));
        // then
        assertThat(told()).isEmpty();
        assertCounted("exhausted", 1);
    }

    @Test
    void shouldTellOfAServerThatIsSilentAndThatItSpeaksAgain() {
        // given
        fleet.add(SERVER, Fleet.pool(1, 4, Duration.ZERO));
        fleet.pass(Duration.ofSeconds(90));
        // when
        fleet.crash(SERVER);
        fleet.pass(Duration.ofSeconds(92));
        // then
        TestRecord<String, Alert> opened = only(told());
        assertThat(opened.key()).isEqualTo(SERVER + "/SERVER_SILENT");
        assertThat(opened.value().getKind()).isEqualTo(AlertKind.SERVER_SILENT);
        // when
        fleet.begin(SERVER);
        fleet.pass(Duration.ofSeconds(2));
        // then
        assertThat(only(told()).value().getState()).isEqualTo(AlertState.RESOLVED);
        fleet.pass(Duration.ofMinutes(2));
        assertThat(told()).isEmpty();
    }

    /**
     * Everybody who was on it comes back next door, where it is too tight for all of them. What is
     * refused is in the neighbours' hour for as long, and calls nobody.
     */
    @ParameterizedTest(name = "{0} refused by each neighbour")
    @ValueSource(ints = {5, 30})
    void shouldTellTheStormOfACrashedServerAsOneAlert(int refusedByEach) {
        // given
        int next = 0;
        fleet.add(CRASHED, Fleet.pool(1, 2 * SLOTS, Duration.ZERO));
        for (String server : NEIGHBOURS) {
            fleet.add(server, Fleet.pool(1, SLOTS, Duration.ZERO));
            for (int n = 0; n < SLOTS / 4; n++) {
                fleet.start(server, id(next++));
            }
        }
        for (int n = 0; n < SLOTS; n++) {
            fleet.start(CRASHED, id(next++));
        }
        fleet.pass(Duration.ofMinutes(15));
        assertThat(told()).isEmpty();
        // when: they find three slots for four of them
        fleet.crash(CRASHED);
        List<List<SessionId>> guests = new ArrayList<>();
        for (String server : NEIGHBOURS) {
            List<SessionId> its = new ArrayList<>();
            for (int n = 0; n < SLOTS * 3 / 4; n++) {
                its.add(id(next));
                fleet.start(server, id(next++));
            }
            guests.add(its);
        }
        int refused = next;
        for (int attempt = 0; attempt < 6; attempt++) {
            for (int n = 0; n < 2 * refusedByEach; n++) {
                fleet.tryOnce(NEIGHBOURS.get(n % 2), id(refused + n), attempt);
            }
            fleet.pass(Duration.ofSeconds(5));
        }
        fleet.pass(Duration.ofMinutes(3));
        // then
        List<TestRecord<String, Alert>> storm = told();
        print(storm);
        assertThat(storm).filteredOn(one -> one.value().getRevision() == 0).hasSize(1);
        assertThat(storm).extracting(TestRecord::key).containsOnly(storm.get(0).key());
        assertThat(storm).allMatch(one -> one.value().getState() == AlertState.OPEN);
        Alert last = storm.get(storm.size() - 1).value();
        assertThat(last.getServer().equals(CRASHED) || CRASHED.equals(last.getCausedBy()))
                .as("it names the server that crashed")
                .isTrue();
        assertThat(last.getAffected()).isNotEmpty();
        // when
        fleet.begin(CRASHED);
        for (int n = 0; n < NEIGHBOURS.size(); n++) {
            for (SessionId guest : guests.get(n)) {
                fleet.end(NEIGHBOURS.get(n), guest);
            }
        }
        fleet.pass(Duration.ofMinutes(100));
        // then
        List<TestRecord<String, Alert>> after = told();
        print(after);
        TestRecord<String, Alert> resolved = only(after);
        assertThat(resolved.key()).isEqualTo(storm.get(0).key());
        assertThat(resolved.value().getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(resolved.value().getEpisode()).isEqualTo(last.getEpisode());
        assertThat(resolved.value().getDurationMillis())
                .isLessThan(Duration.ofMinutes(15).toMillis());
    }

    private List<TestRecord<String, Alert>> told() {
        insight.hear(fleet.allocation);
        return insight.alerts();
    }

    private void assertCounted(String kind, int times) {
        for (String state : List.of("open", "resolved")) {
            assertThat(insight.count("exitpool.alerts", "kind", kind, "state", state))
                    .isEqualTo(times);
        }
    }

    private static void print(List<TestRecord<String, Alert>> alerts) {
        for (TestRecord<String, Alert> one : alerts) {
            Alert alert = one.value();
            System.out.printf(
                    "%s %s %s rev %d: %s Cause: %s Affected: %s%n",
                    one.getRecordTime(),
                    one.key(),
                    alert.getState(),
                    alert.getRevision(),
                    alert.getSummary(),
                    alert.getCause(),
                    alert.getAffected());
        }
    }

    private static <T> T only(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
