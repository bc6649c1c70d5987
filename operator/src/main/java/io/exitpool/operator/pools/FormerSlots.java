package io.exitpool.operator.pools;

import io.exitpool.schemas.SlotRange;
import java.util.Objects;

/**
 * Slots that left a server's configuration and may still be in use there.
 *
 * @param lastVersion the last version that listed them; a status that shows a later one, and does
 *     not count them among the retiring, says that their addresses are free
 */
record FormerSlots(SlotRange range, long lastVersion) {

    FormerSlots {
        Objects.requireNonNull(range, "range");
    }
}
