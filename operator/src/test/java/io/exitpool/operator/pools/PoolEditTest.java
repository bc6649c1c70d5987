package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.PoolEdit.Edited;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SetAsideCause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolEditTest {

    private static final PoolConfig CONFIG =
            Planner.plan(
                            PoolsFile.parse(
                                    "servers: {a: {v4: [192.0.2.1-192.0.2.3], v6:"
                                            + " ['2001:db8::1-2001:db8::3']}}",
                                    Limits.STANDARD),
                            new SimulatedFleet().state(),
                            false,
                            false)
                    .writes()
                    .get(0)
                    .after()
                    .orElseThrow();

    @Test
    void shouldSetAsideByEitherAddressAndReplaceTheReason() {
        // when
        PoolConfig once =
                changed(PoolEdit.setAside("192.0.2.2", SetAsideCause.REPUTATION, "one"), CONFIG);
        PoolConfig twice =
                changed(PoolEdit.setAside("2001:db8::2", SetAsideCause.CONFLICT, "two"), once);

        // then
        assertThat(once.getSetAside())
                .containsExactly(new SetAside(1, SetAsideCause.REPUTATION, "one"));
        assertThat(twice.getSetAside())
                .containsExactly(new SetAside(1, SetAsideCause.CONFLICT, "two"));
        assertThat(changed(PoolEdit.restore("192.0.2.2"), twice)).isEqualTo(CONFIG);
    }

    @Test
    void shouldSayWhenThereIsNothingToDo() {
        // given
        PoolConfig aside =
                changed(PoolEdit.setAside("192.0.2.2", SetAsideCause.DRAINED, "r"), CONFIG);

        // then
        assertUnchanged(
                PoolEdit.setAside("192.0.2.2", SetAsideCause.DRAINED, "r"),
                aside,
                "192.0.2.2 is set aside already, with that reason");
        assertUnchanged(PoolEdit.restore("192.0.2.3"), aside, "192.0.2.3 is not set aside");
        assertUnchanged(PoolEdit.draining(false), aside, "does not drain");
    }

    @Test
    void shouldRefuseWhatTheServerHasNot() {
        assertRefused(
                PoolEdit.setAside("192.0.2.9", SetAsideCause.DRAINED, "r"),
                "192.0.2.9 is no address of this server");
        assertRefused(PoolEdit.restore("2001:db8::9"), "2001:db8::9 is no address of this server");
        assertRefused(PoolEdit.release(3), "has no slot 3");
    }

    @Test
    void shouldDrainAndSayWhoGoesOn() {
        // given
        PoolStatus status = SimulatedFleet.status(1L, 3, 2, List.of());

        // when
        Edited edited = PoolEdit.draining(true).edit(CONFIG, Optional.of(status));

        // then
        assertThat(edited.after().orElseThrow().getDraining()).isTrue();
        assertThat(edited.message()).isEqualTo("takes no new sessions; 2 sessions go on");
    }

    @Test
    void shouldOrderWhatIsDoneOnce() {
        // given
        PoolStatus retiring = SimulatedFleet.status(1L, 3, 0, List.of(7));

        // then
        assertThat(changed(PoolEdit.release(2), CONFIG).getOrder()).isEqualTo(new ReleaseSlot(2));
        assertThat(PoolEdit.release(7).edit(CONFIG, Optional.of(retiring)).after()).isPresent();
        assertThat(changed(PoolEdit.resetEpoch(), CONFIG).getOrder()).isEqualTo(new ResetEpoch());
        assertThat(changed(PoolEdit.rebuild(), CONFIG).getOrder()).isEqualTo(new Rebuild());
    }

    private static PoolConfig changed(PoolEdit edit, PoolConfig config) {
        return edit.edit(config, Optional.empty()).after().orElseThrow();
    }

    private static void assertUnchanged(PoolEdit edit, PoolConfig config, String message) {
        Edited edited = edit.edit(config, Optional.empty());
        assertThat(edited.after()).isEmpty();
        assertThat(edited.refused()).isFalse();
        assertThat(edited.message()).isEqualTo(message);
    }

    private static void assertRefused(PoolEdit edit, String message) {
        Edited edited = edit.edit(CONFIG, Optional.empty());
        assertThat(edited.after()).isEmpty();
        assertThat(edited.refused()).isTrue();
        assertThat(edited.message()).isEqualTo(message);
    }
}
