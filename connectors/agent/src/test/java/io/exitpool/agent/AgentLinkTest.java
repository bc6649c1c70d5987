package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SetAsideCause;
import io.exitpool.schemas.SlotRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link does without a broker; the rest is tested against a real one. */
class AgentLinkTest {
    @Test
    void shouldWishOnlyForSlotsThatAreThereAndNotSetAside() {
        PoolConfig config =
                PoolConfig.newBuilder()
                        .setVersion(1)
                        .setNextSlotId(12)
                        .setSlots(
                                List.of(
                                        new SlotRange(0, 3, null, null),
                                        new SlotRange(10, 2, null, null)))
                        .setSetAside(List.of(new SetAside(1, SetAsideCause.REPUTATION, "")))
                        .build();

        assertThat(AgentLink.slots(config)).containsExactly(0, 2, 10, 11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SE-STO", "a b", "se_sto", "../se-sto", "se.sto"})
    void shouldRefuseWhatIsNoServersName(String name) {
        assertThatThrownBy(() -> Server.checked(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("se-sto-wg-208");
    }
}
