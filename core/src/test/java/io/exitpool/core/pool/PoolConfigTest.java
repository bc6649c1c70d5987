package io.exitpool.core.pool;

import static io.exitpool.core.pool.ConfigDraft.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.core.decision.Addresses;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a configuration cannot be. */
class PoolConfigTest {
    private final ConfigDraft draft = ConfigDraft.slots(3);

    @Test
    void shouldRefuseImpossibleValues() {
        refused("version is not above 0", () -> draft.as(0, Optional.empty()));
        refused("cap is not 1 to 1024", () -> ConfigDraft.slots(3).cap(0).next());
        refused("cap is not 1 to 1024", () -> ConfigDraft.slots(3).cap(1_025).next());
        refused("minRestMillis is below 0", () -> ConfigDraft.slots(3).minRest(-1).next());
        refused("leaseTtlMillis is not above 0", () -> ConfigDraft.slots(3).leaseTtl(0).next());
        refused(
                "maxRestingShare is not 0 to 1",
                () -> ConfigDraft.slots(3).maxRestingShare(1.01).next());
        refused(
                "maxRestingShare is not 0 to 1",
                () -> ConfigDraft.slots(3).maxRestingShare(Double.NaN).next());
        refused(
                "shortenRestToMillis is below 0",
                () -> ConfigDraft.slots(3).shortenRestTo(-1).next());
        refused(
                "shareUpTo is not cap to 1024",
                () -> ConfigDraft.slots(3).cap(3).shareUpTo(2).next());
        refused("shareUpTo is not cap to 1024", () -> ConfigDraft.slots(3).shareUpTo(1_025).next());
    }

    @Test
    void shouldRefuseSlotsThatOverlapOrAreTooMany() {
        refused(
                "slot ids overlap or do not ascend",
                () -> draft.ranges(range(0, 4), range(3, 1)).next());
        refused(
                "slot ids overlap or do not ascend",
                () -> draft.ranges(range(4, 1), range(0, 1)).next());
        refused(
                "more than 65536 slots",
                () -> draft.ranges(range(0, 65_536), range(70_000, 1)).next());
        refused("a slot's id is below 0", () -> range(-1, 1));
        refused("a slot range is empty", () -> range(0, 0));
        refused("a slot's id is too large", () -> range(Integer.MAX_VALUE, 2));
    }

    @Test
    void shouldTakeALargeSlotIdAndAPoolWithoutSlots() {
        // given
        OneServer server = OneServer.synced(draft.ranges().next());
        server.reject(1);
        // when, then
        server.configure(draft.ranges(range(Integer.MAX_VALUE - 2, 2)).next());
        assertThat(server.grant(1).slot()).isGreaterThanOrEqualTo(Integer.MAX_VALUE - 2);
    }

    @Test
    void shouldRefuseImpossibleSettings() {
        refusedSettings("maxCountedGapMillis is not above 0", 0, 10_000, 1, 1, 1, 1);
        refusedSettings("statusEveryMillis is not above 0", 1, 0, 1, 1, 1, 1);
        refusedSettings("statusEveryMillis does not divide a minute", 1, 7_000, 1, 1, 1, 1);
        refusedSettings("maxEpochAheadMillis is not above 0", 1, 10_000, 0, 1, 1, 1);
        refusedSettings("maxClockSkewMillis is not above 0", 1, 10_000, 1, 0, 1, 1);
        refusedSettings("minRetryAfterMillis is not above 0", 1, 10_000, 1, 1, 0, 1);
        refusedSettings("maxRetryAfterMillis is too small", 1, 10_000, 1, 1, 2, 1);
    }

    @Test
    void shouldFindSlotsByIdAndByIndex() {
        // given ranges whose order is not that of their ids, as retiring slots come last
        SlotIndex index =
                new SlotIndex(
                        java.util.List.of(range(10, 3), range(20, 1), range(0, 2), range(13, 2)));
        int[] ids = {10, 11, 12, 20, 0, 1, 13, 14};
        // when, then
        assertThat(index.size()).isEqualTo(ids.length);
        for (int i = 0; i < ids.length; i++) {
            assertThat(index.idAt(i)).isEqualTo(ids[i]);
            assertThat(index.indexOf(ids[i])).isEqualTo(i);
            assertThat(index.addressesAt(i))
                    .isEqualTo(Addresses.ofV4(ConfigDraft.DOCUMENTATION_V4 + ids[i]));
        }
        for (int id : new int[] {-1, 2, 9, 15, 19, 21, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(index.indexOf(id)).isEqualTo(SlotIndex.NONE);
        }
        assertThat(new SlotIndex(java.util.List.of()).indexOf(0)).isEqualTo(SlotIndex.NONE);
    }

    private static void refusedSettings(
            String why, long gap, long every, long ahead, long skew, long min, long max) {
        refused(why, () -> new AllocationSettings(gap, every, ahead, skew, min, max, true));
    }

    private static void refused(String why, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
