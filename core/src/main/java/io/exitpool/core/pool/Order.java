package io.exitpool.core.pool;

import java.util.function.Consumer;

/** Something an operator wants done once. */
public sealed interface Order {
    void match(Consumer<ReleaseSlot> release, Runnable resetEpoch, Runnable rebuild);

    /** Release every lease of a slot. */
    record ReleaseSlot(int slot) implements Order {
        @Override
        public void match(Consumer<ReleaseSlot> release, Runnable resetEpoch, Runnable rebuild) {
            release.accept(this);
        }
    }

    /** Forget the server's epoch; the next event of any epoch begins anew. */
    record ResetEpoch() implements Order {
        @Override
        public void match(Consumer<ReleaseSlot> release, Runnable resetEpoch, Runnable rebuild) {
            resetEpoch.run();
        }
    }

    /** Drop the pool's rows and take the next snapshot for truth. */
    record Rebuild() implements Order {
        @Override
        public void match(Consumer<ReleaseSlot> release, Runnable resetEpoch, Runnable rebuild) {
            rebuild.run();
        }
    }
}
