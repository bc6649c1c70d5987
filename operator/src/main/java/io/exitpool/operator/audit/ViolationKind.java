package io.exitpool.operator.audit;

/** The promises that can be broken. Their names are part of the report's JSON. */
public enum ViolationKind {
    OVER_CAP(
            "a slot was granted beyond its cap (beyond shareUpTo where the pool was dry or the"
                    + " session held the slot already)"),
    GRANTED_TWICE(
            "a session with a lease was granted another slot, or the same one as if it were new"),
    SLOT_OUTSIDE_CONFIG(
            "a granted slot is not in the configuration that the decision names, or has other"
                    + " addresses there"),
    SLOT_SET_ASIDE("a slot that is set aside was granted to a session that did not hold it"),
    STILL_RESTING(
            "a slot was granted before its rest was over, and nothing in the decision allows it"),
    RELEASE_WITHOUT_LEASE("a release of a lease that the session does not have"),
    START_WITHOUT_DECISION(
            "a start, or a session without a lease in a snapshot, was never answered"),
    OUTLIVED_LEASE(
            "a lease went on after its session's end, after a snapshot that does not name it, or"
                    + " through a silence longer than lease-ttl"),
    ADDRESS_ON_TWO_SERVERS("one address was leased on two servers at once"),
    DECISION_OUT_OF_ORDER(
            "a decision is older than the one before it of its server, or answers an earlier"
                    + " event"),
    DECISION_NUMBER(
            "a decision's number is not one above that of its server's decision before: one was"
                    + " lost, written twice, or written out of order"),
    DECISION_AT_WRONG_TIME("a decision's time is not that of the event it answers"),
    DECISION_WITHOUT_EVENT(
            "a decision answers an event that was never written, took no effect, or was answered"
                    + " before"),
    STALE_EPOCH_ADMITTED("a start of an earlier life of the agent got a slot"),
    GRANT_WHILE_NOT_SYNCED("a start was granted before the epoch's first complete snapshot"),
    GRANT_WHILE_DRAINING("a draining server took a session that did not hold its slot"),
    CHOICE_NOT_ASKED(
            "a grant says ADOPTED or WANTED, but the session did not hold or ask for that slot"),
    UNFOUNDED_RELEASE("a lease was released for a cause that the events do not show"),
    UNFOUNDED_REJECTION("a start was rejected for a cause that the records contradict"),
    BOOKS_DIFFER(
            "a decision's load, gap, attempt or time of grant is not what the decisions before it"
                    + " add up to"),
    WRONG_PARTITION("a decision is not on its server's partition");

    private final String meaning;

    ViolationKind(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
