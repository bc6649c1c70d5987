package io.exitpool.operator.audit;

import io.exitpool.schemas.Decision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the decisions about one server have shown so far, beside its leases. */
final class Trail {
    private long time = Long.MIN_VALUE;
    private long answeredOffset = Long.MIN_VALUE;
    private OptionalLong number = OptionalLong.empty();
    private long numberedOffset = Long.MIN_VALUE;
    private OptionalLong version = OptionalLong.empty();
    private OptionalLong lastVersion = OptionalLong.empty();
    private OptionalLong epoch = OptionalLong.empty();
    private long epochVersion = Long.MIN_VALUE;
    private boolean tookBack;
    private OptionalLong expiredAt = OptionalLong.empty();
    private long anchor = Long.MAX_VALUE;
    private Optional<PassedOn> passedOn = Optional.empty();
    private final Set<SessionKey> undecided = new HashSet<>();
    private Set<SessionKey> unseen = Set.of();
    private final Map<SessionKey, Long> orderedOut = new HashMap<>();

    /** A lease that was passed on; the next decision says to whom. */
    record PassedOn(int slot, Position at) {}

    /** Time of the latest decision. */
    long time() {
        return time;
    }

    /** Offset of the latest event that a decision answered. */
    long answeredOffset() {
        return answeredOffset;
    }

    /** Number of the last decision that had one. */
    OptionalLong number() {
        return number;
    }

    /** Offset of that decision. */
    long numberedOffset() {
        return numberedOffset;
    }

    /** The configuration that the last decision named; empty when it named none. */
    OptionalLong version() {
        return version;
    }

    /** The last configuration that any decision named. */
    OptionalLong lastVersion() {
        return lastVersion;
    }

    /** The highest epoch that a decision named since the server was last taken back. */
    OptionalLong epoch() {
        return epoch;
    }

    /** The configuration in force when that epoch was first named. */
    long epochVersion() {
        return epochVersion;
    }

    /** An operator took the server back to this epoch, below one that its events had named. */
    boolean tookBackTo(long lower) {
        return tookBack && epoch.isPresent() && epoch.getAsLong() == lower;
    }

    OptionalLong expiredAt() {
        return expiredAt;
    }

    void expired(long at) {
        expiredAt = OptionalLong.of(at);
    }

    /** Events from here on are known to be neither repetitions nor stale. */
    boolean isAnchoredAt(long offset) {
        return offset >= anchor;
    }

    /** An event before this one is known to have been neither. */
    boolean isAnchoredBefore(long offset) {
        return offset > anchor;
    }

    Optional<PassedOn> passedOn() {
        return passedOn;
    }

    void pass(Optional<PassedOn> now) {
        passedOn = now;
    }

    /** Sessions whose start is known to be unanswered. */
    Set<SessionKey> undecided() {
        return undecided;
    }

    /** Sessions of the last snapshot whose grant was not read. */
    Set<SessionKey> unseen() {
        return unseen;
    }

    void unseen(Set<SessionKey> sessions) {
        unseen = Set.copyOf(sessions);
    }

    /** An operator's order ended the session's lease, at a place among the events not known. */
    void orderOut(SessionKey session, long at) {
        orderedOut.put(session, at);
    }

    boolean isOrderedOut(SessionKey session) {
        return orderedOut.containsKey(session);
    }

    /** A snapshot of this time was passed: what was ordered before it is in it. */
    void forgetOrders(long before) {
        orderedOut.values().removeIf(at -> at < before);
    }

    /** A decision was judged. */
    void follow(Position at, Decision decision, Optional<Duty> answered) {
        time = Math.max(time, at.timestamp());
        if (decision.getNumber() != null) {
            number = OptionalLong.of(decision.getNumber());
            numberedOffset = at.offset();
        }
        version = optional(decision.getConfigVersion());
        lastVersion = version.isPresent() ? version : lastVersion;
        OptionalLong named = optional(decision.getEpoch());
        answered.ifPresent(duty -> follow(duty, named));
        if (named.isPresent() && (epoch.isEmpty() || named.getAsLong() > epoch.getAsLong())) {
            epoch = named;
            epochVersion = lastVersion.orElse(Long.MIN_VALUE);
            tookBack = false;
        }
    }

    /** An operator made the server forget its epoch. */
    void takeBack(long lower, long inVersion) {
        epoch = OptionalLong.of(lower);
        epochVersion = inVersion;
        tookBack = true;
    }

    private void follow(Duty duty, OptionalLong named) {
        answeredOffset = Math.max(answeredOffset, duty.mark().at().offset());
        boolean current = named.isPresent() && named.getAsLong() == duty.mark().epoch();
        if (current && duty.mark().standing() == Standing.EFFECTIVE) {
            anchor = Math.min(anchor, duty.mark().at().offset());
        }
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
