package io.exitpool.operator.audit;

import java.util.Optional;

/** What a decision answers. */
record Answer(Kind kind, Optional<Duty> duty) {

    enum Kind {
        /** An event that was not answered yet. */
        FOUND,
        /** An event that was answered before. */
        AGAIN,
        /** An event that is gone from the log. */
        BEFORE_LOG,
        /** An event that was never written. */
        ABSENT,
        /** None: time or an operator decided. */
        BY_TIME
    }

    static Answer to(Duty duty, boolean fresh) {
        return new Answer(fresh ? Kind.FOUND : Kind.AGAIN, Optional.of(duty));
    }

    static Answer without(Kind kind) {
        return new Answer(kind, Optional.empty());
    }

    /** Offset of the event, -1 if it is not known. */
    long offset() {
        return duty.map(event -> event.mark().at().offset()).orElse(-1L);
    }
}
