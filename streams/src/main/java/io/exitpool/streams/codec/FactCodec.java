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
import io.exitpool.core.stats.Fact;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.body.RecordBuffer;
import io.exitpool.streams.rows.ChoiceFact;
import io.exitpool.streams.rows.FactRow;
import io.exitpool.streams.rows.GrantFact;
import io.exitpool.streams.rows.RejectCauseFact;
import io.exitpool.streams.rows.RejectFact;
import io.exitpool.streams.rows.ReleaseCauseFact;
import io.exitpool.streams.rows.ReleaseFact;
import io.exitpool.streams.rows.RungFact;
import java.util.OptionalLong;
import org.apache.avro.message.SchemaStore;

/**
 * Decisions as statistics see them: in from their topic, where the session and the addresses stay
 * behind, and to and from the journal's rows.
 */
public final class FactCodec {
    /** Why a decision cannot be counted. */
    static final String UNKNOWN = "a decision that this version does not know";

    /** Statistics count addresses and read none: zeros stand for a family that the slot has. */
    private static final Addresses V4 = new Addresses(true, 0, false, 0, 0);

    private static final Addresses V6 = new Addresses(false, 0, true, 0, 0);
    private static final Addresses BOTH = new Addresses(true, 0, true, 0, 0);

    private static final int GRANTED = 0;
    private static final int REJECTED = 1;
    private static final int RELEASED = 2;

    private static final int[] CHOICES = Symbols.indexes(Choice.values(), ChoiceFact.class);
    private static final int[] RUNGS = Symbols.indexes(Rung.values(), RungFact.class);
    private static final int[] REJECT_CAUSES =
            Symbols.indexes(RejectCause.values(), RejectCauseFact.class);
    private static final int[] RELEASE_CAUSES =
            Symbols.indexes(ReleaseCause.values(), ReleaseCauseFact.class);

    private final Row<FactRow> rows;

    /**
     * @param kept the versions that rows may have been written with
     */
    public FactCodec(SchemaStore kept) {
        rows = new Row<>(FactRow.class, kept);
    }

    /** What a decision says that is counted. */
    public static Counted read(Decision decision) {
        if (decision.getNumber() == null) {
            return new Counted.Uncounted();
        }
        try {
            return new Counted.Decided(
                    decision.getNumber(),
                    optional(decision.getLagMillis()),
                    outcome(decision.getOutcome()));
        } catch (IllegalArgumentException e) {
            return new Counted.Bad(UNKNOWN);
        }
    }

    /**
     * A fact's row, field by field in the order of its schema: the same bytes as the generated
     * object gives, a test sees to that.
     */
    public void write(Fact fact, RecordBuffer to) {
        to.write(rows.header());
        to.putNumber(fact.number());
        to.putNumber(fact.time());
        to.putOptional(fact.lagMillis());
        Outcome outcome = fact.outcome();
        if (outcome instanceof Granted granted) {
            put(granted, to);
        } else if (outcome instanceof Rejected rejected) {
            to.putNumber(REJECTED);
            to.putNumber(REJECT_CAUSES[rejected.cause().ordinal()]);
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

    public Fact decode(byte[] row) {
        FactRow read = rows.decode(row);
        return new Fact(
                read.getNumber(), read.getTime(), optional(read.getLagMillis()), kept(read));
    }

    private static Outcome outcome(Object outcome) {
        if (outcome instanceof io.exitpool.schemas.Granted granted) {
            return new Granted(
                    granted.getSlot(),
                    families(granted.getV4() != null, granted.getV6() != null),
                    Choice.valueOf(granted.getChoice().name()),
                    Rung.valueOf(granted.getRung().name()),
                    optional(granted.getGapMillis()),
                    granted.getLoadAfter(),
                    granted.getAttempt(),
                    granted.getRepeated());
        }
        if (outcome instanceof io.exitpool.schemas.Rejected rejected) {
            return new Rejected(
                    RejectCause.valueOf(rejected.getCause().name()),
                    rejected.getRetryAfterMillis(),
                    rejected.getAttempt());
        }
        io.exitpool.schemas.Released released = (io.exitpool.schemas.Released) outcome;
        return new Released(
                released.getSlot(),
                ReleaseCause.valueOf(released.getCause().name()),
                released.getGrantedAt(),
                released.getLoadAfter());
    }

    private static Outcome kept(FactRow row) {
        if (row.getOutcome() instanceof GrantFact grant) {
            return new Granted(
                    grant.getSlot(),
                    families(grant.getV4(), grant.getV6()),
                    Choice.valueOf(grant.getChoice().name()),
                    Rung.valueOf(grant.getRung().name()),
                    optional(grant.getGapMillis()),
                    grant.getLoadAfter(),
                    grant.getAttempt(),
                    grant.getRepeated());
        }
        if (row.getOutcome() instanceof RejectFact reject) {
            return new Rejected(
                    RejectCause.valueOf(reject.getCause().name()), 0, reject.getAttempt());
        }
        ReleaseFact release = (ReleaseFact) row.getOutcome();
        return new Released(
                release.getSlot(),
                ReleaseCause.valueOf(release.getCause().name()),
                release.getGrantedAt(),
                release.getLoadAfter());
    }

    private static void put(Granted granted, RecordBuffer to) {
        Addresses addresses = granted.addresses();
        to.putNumber(GRANTED);
        to.putNumber(granted.slot());
        to.putBoolean(addresses.hasV4());
        to.putBoolean(addresses.hasV6());
        to.putNumber(CHOICES[granted.choice().ordinal()]);
        to.putNumber(RUNGS[granted.rung().ordinal()]);
        to.putOptional(granted.gapMillis());
        to.putNumber(granted.loadAfter());
        to.putNumber(granted.attempt());
        to.putBoolean(granted.repeated());
    }

    static Addresses families(boolean v4, boolean v6) {
        if (!v4 && !v6) {
            throw new IllegalArgumentException("a slot without an address");
        }
        if (v4) {
            return v6 ? BOTH : V4;
        }
        return V6;
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
