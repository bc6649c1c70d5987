package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.schemas.body.BodyReader;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.avro.io.Decoder;

/**
 * Decisions, read field by field in the order of their schema: the same as {@link FactCodec} makes
 * of the generated objects, a test sees to that, without making them. What is told is judged only
 * when the whole record was read, because one that cannot be decoded is another kind of trouble.
 * For one thread.
 */
public final class DecisionReader implements BodyReader<Counted> {

    private static final int GRANTED = 0;
    private static final int REJECTED = 1;
    private static final int OUTCOME_KINDS = 3;

    private static final int SESSION_BYTES = 16;
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private static final Choice[] CHOICES =
            Symbols.meanings(io.exitpool.schemas.Choice.values(), Choice.values());
    private static final Rung[] RUNGS =
            Symbols.meanings(io.exitpool.schemas.Rung.values(), Rung.values());
    private static final RejectCause[] REJECT_CAUSES =
            Symbols.meanings(io.exitpool.schemas.RejectCause.values(), RejectCause.values());
    private static final ReleaseCause[] RELEASE_CAUSES =
            Symbols.meanings(io.exitpool.schemas.ReleaseCause.values(), ReleaseCause.values());

    @Override
    public Counted read(Decoder from) throws IOException {
        from.skipFixed(SESSION_BYTES);
        OptionalLong number = number(from);
        number(from);
        number(from);
        number(from);
        OptionalLong lag = number(from);
        Outcome outcome = outcome(from);
        if (number.isEmpty()) {
            return new Counted.Uncounted();
        }
        return outcome == null
                ? new Counted.Bad(FactCodec.UNKNOWN)
                : new Counted.Decided(number.getAsLong(), lag, outcome);
    }

    /** Null where a symbol says what this version does not know, or there is no address. */
    private static Outcome outcome(Decoder from) throws IOException {
        return switch (Unions.index(from, OUTCOME_KINDS)) {
            case GRANTED -> granted(from);
            case REJECTED -> rejected(from);
            default -> released(from);
        };
    }

    private static Outcome granted(Decoder from) throws IOException {
        int slot = from.readInt();
        boolean v4 = isSkipped(from, V4_BYTES);
        boolean v6 = isSkipped(from, V6_BYTES);
        Choice choice = symbol(from, CHOICES);
        Rung rung = symbol(from, RUNGS);
        OptionalLong gap = number(from);
        int load = from.readInt();
        int attempt = from.readInt();
        boolean repeated = from.readBoolean();
        if (choice == null || rung == null || !v4 && !v6) {
            return null;
        }
        Addresses families = FactCodec.families(v4, v6);
        return new Granted(slot, families, choice, rung, gap, load, attempt, repeated);
    }

    private static Outcome rejected(Decoder from) throws IOException {
        RejectCause cause = symbol(from, REJECT_CAUSES);
        long retryAfter = from.readLong();
        int attempt = from.readInt();
        return cause == null ? null : new Rejected(cause, retryAfter, attempt);
    }

    private static Outcome released(Decoder from) throws IOException {
        int slot = from.readInt();
        ReleaseCause cause = symbol(from, RELEASE_CAUSES);
        long grantedAt = from.readLong();
        int load = from.readInt();
        return cause == null ? null : new Released(slot, cause, grantedAt, load);
    }

    private static OptionalLong number(Decoder from) throws IOException {
        return Unions.isPresent(from) ? OptionalLong.of(from.readLong()) : OptionalLong.empty();
    }

    /** Whether there is an address. */
    private static boolean isSkipped(Decoder from, int bytes) throws IOException {
        boolean there = Unions.isPresent(from);
        if (there) {
            from.skipFixed(bytes);
        }
        return there;
    }

    private static <S> S symbol(Decoder from, S[] symbols) throws IOException {
        return symbols[Objects.checkIndex(from.readEnum(), symbols.length)];
    }
}
