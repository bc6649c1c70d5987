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
import io.exitpool.streams.rows.ChoiceFact;
import io.exitpool.streams.rows.FactRow;
import io.exitpool.streams.rows.GrantFact;
import io.exitpool.streams.rows.RejectCauseFact;
import io.exitpool.streams.rows.RejectFact;
import io.exitpool.streams.rows.ReleaseCauseFact;
import io.exitpool.streams.rows.ReleaseFact;
import io.exitpool.streams.rows.RungFact;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.message.SchemaStore;

/**
 * Decisions as statistics see them: in from their topic, where the session and the addresses stay
 * behind, and to and from the journal's rows.
 */
public final class FactCodec {
    /** Statistics count addresses and read none: zeros stand for a family that the slot has. */
    private static final Addresses V4 = new Addresses(true, 0, false, 0, 0);

    private static final Addresses V6 = new Addresses(false, 0, true, 0, 0);
    private static final Addresses BOTH = new Addresses(true, 0, true, 0, 0);

    private final Row<FactRow> rows;

    /**
     * @param kept the versions that rows may have been written with
     */
    public FactCodec(SchemaStore kept) {
        rows = new Row<>(FactRow.class, kept);
    }

    /**
     * The fact, or nothing if the server has no pool.
     *
     * @param time the decision's timestamp
     * @throws BadValueException when a field says what this version does not know
     */
    public static Optional<Fact> decode(Decision decision, long time) {
        if (decision.getNumber() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Fact(
                            decision.getNumber(),
                            time,
                            optional(decision.getLagMillis()),
                            outcome(decision.getOutcome())));
        } catch (IllegalArgumentException e) {
            throw new BadValueException("a decision that this version does not know", e);
        }
    }

    public byte[] encode(Fact fact) {
        return rows.encode(
                new FactRow(
                        fact.number(),
                        fact.time(),
                        orNull(fact.lagMillis()),
                        fact.outcome()
                                .<Object>match(
                                        FactCodec::grant, FactCodec::reject, FactCodec::release)));
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

    private static GrantFact grant(Granted granted) {
        return new GrantFact(
                granted.slot(),
                granted.addresses().hasV4(),
                granted.addresses().hasV6(),
                ChoiceFact.valueOf(granted.choice().name()),
                RungFact.valueOf(granted.rung().name()),
                orNull(granted.gapMillis()),
                granted.loadAfter(),
                granted.attempt(),
                granted.repeated());
    }

    private static RejectFact reject(Rejected rejected) {
        return new RejectFact(RejectCauseFact.valueOf(rejected.cause().name()), rejected.attempt());
    }

    private static ReleaseFact release(Released released) {
        return new ReleaseFact(
                released.slot(),
                ReleaseCauseFact.valueOf(released.cause().name()),
                released.grantedAt(),
                released.loadAfter());
    }

    private static Addresses families(boolean v4, boolean v6) {
        if (!v4 && !v6) {
            throw new IllegalArgumentException("a slot without an address");
        }
        if (v4) {
            return v6 ? BOTH : V4;
        }
        return V6;
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
