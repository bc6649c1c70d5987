package io.exitpool.core.insight;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.stats.Fact;
import java.util.OptionalLong;

/** Writes decisions by hand. */
final class Facts {
    private static final Addresses ADDRESS = Addresses.ofV4(0xC000_0200);

    private Facts() {}

    /** A slot that was empty is granted. */
    static Fact granted(long number, long time, int slot) {
        return new Fact(
                number,
                time,
                OptionalLong.empty(),
                new Granted(
                        slot,
                        ADDRESS,
                        Choice.PLACED,
                        Rung.REGULAR,
                        OptionalLong.empty(),
                        1,
                        0,
                        false));
    }

    /** A slot is empty, a second after it was granted. */
    static Fact released(long number, long time, int slot) {
        return new Fact(
                number,
                time,
                OptionalLong.empty(),
                new Released(slot, ReleaseCause.ENDED, (time - 1_000) / 1_000, 0));
    }

    static Fact exhausted(long number, long time) {
        return new Fact(
                number, time, OptionalLong.empty(), new Rejected(RejectCause.EXHAUSTED, 1_000, 0));
    }
}
