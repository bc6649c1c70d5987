package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.body.BodyWriter;
import io.exitpool.schemas.body.RecordBuffer;

/**
 * Decisions, written field by field in the order of their schema: the same bytes as {@link
 * DecisionCodec}'s objects give, a test sees to that, without making them. A new field of the
 * schema goes into both.
 */
public final class DecisionWriter implements BodyWriter<Told> {
    private static final int NULL = 0;
    private static final int PRESENT = 1;
    private static final int GRANTED = 0;
    private static final int REJECTED = 1;
    private static final int RELEASED = 2;

    private static final int[] CHOICES =
            Symbols.indexes(Choice.values(), io.exitpool.schemas.Choice.class);
    private static final int[] RUNGS =
            Symbols.indexes(Rung.values(), io.exitpool.schemas.Rung.class);
    private static final int[] REJECT_CAUSES =
            Symbols.indexes(RejectCause.values(), io.exitpool.schemas.RejectCause.class);
    private static final int[] RELEASE_CAUSES =
            Symbols.indexes(ReleaseCause.values(), io.exitpool.schemas.ReleaseCause.class);

    @Override
    public void write(Told told, RecordBuffer to) {
        Decision decision = told.decision();
        SessionId session = decision.session();
        to.putFixed(session.high());
        to.putFixed(session.low());
        to.putOptional(decision.number());
        to.putOptional(decision.epoch());
        to.putOptional(decision.seq());
        to.putOptional(decision.configVersion());
        to.putOptional(told.lagMillis());
        put(decision.outcome(), to);
    }

    private static void put(Outcome outcome, RecordBuffer to) {
        if (outcome instanceof Granted granted) {
            to.putNumber(GRANTED);
            put(granted, to);
        } else if (outcome instanceof Rejected rejected) {
            to.putNumber(REJECTED);
            to.putNumber(REJECT_CAUSES[rejected.cause().ordinal()]);
            to.putNumber(rejected.retryAfterMillis());
            to.putNumber(rejected.attempt());
        } else {
            Released released = (Released) outcome;
            to.putNumber(RELEASED);
            to.putNumber(released.slot());
            to.putNumber(RELEASE_CAUSES[released.cause().ordinal()]);
            to.putNumber(released.grantedAt());
            to.putNumber(released.loadAfter());
        }
    }

    private static void put(Granted granted, RecordBuffer to) {
        to.putNumber(granted.slot());
        Addresses addresses = granted.addresses();
        to.putNumber(addresses.hasV4() ? PRESENT : NULL);
        if (addresses.hasV4()) {
            to.putFixed(addresses.v4());
        }
        to.putNumber(addresses.hasV6() ? PRESENT : NULL);
        if (addresses.hasV6()) {
            to.putFixed(addresses.v6High());
            to.putFixed(addresses.v6Low());
        }
        to.putNumber(CHOICES[granted.choice().ordinal()]);
        to.putNumber(RUNGS[granted.rung().ordinal()]);
        to.putOptional(granted.gapMillis());
        to.putNumber(granted.loadAfter());
        to.putNumber(granted.attempt());
        to.putBoolean(granted.repeated());
    }
}
