package io.exitpool.operator.audit;

import io.exitpool.operator.audit.Answer.Kind;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.topic.ServerPartition;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What holds for every decision: that it stands in its place, at its time, and answers an event
 * that took effect. The rest is a matter of its outcome.
 */
final class DecisionRules {
    private final long timeTolerance;
    private final int partitions;
    private final NumberRules numbers = new NumberRules();
    private final GrantRules grants;
    private final RejectionRules rejections = new RejectionRules();
    private final ReleaseRules releases;

    DecisionRules(AuditSettings settings, LogStart events, LogClock clock) {
        timeTolerance = settings.timeTolerance().toMillis();
        partitions = settings.partitions();
        grants = new GrantRules(settings.restTolerance().toMillis(), events);
        releases = new ReleaseRules(timeTolerance, events, clock);
    }

    void judge(Ruling ruling) {
        place(ruling);
        numbers.judge(ruling);
        passedOn(ruling);
        dropIfRebuilt(ruling);
        takeBackIfOrdered(ruling);
        event(ruling);
        Object outcome = ruling.decided().outcome();
        if (outcome instanceof Granted granted) {
            grants.judge(ruling, granted);
        } else if (outcome instanceof Rejected rejected) {
            rejections.judge(ruling, rejected);
        } else if (outcome instanceof Released released) {
            releases.judge(ruling, released);
        }
        ruling.duty().ifPresent(duty -> duty.answer(ruling.session()));
        ruling.trail().follow(ruling.decided().at(), ruling.decided().decision(), ruling.duty());
    }

    private void place(Ruling ruling) {
        Position at = ruling.decided().at();
        int own =
                partitions == 0
                        ? at.partition()
                        : ServerPartition.of(ruling.server().name(), partitions);
        if (own != at.partition()) {
            ruling.violation(ViolationKind.WRONG_PARTITION, "its server's partition is " + own);
        }
        Trail trail = ruling.trail();
        if (ruling.time() < trail.time()) {
            ruling.violation(
                    ViolationKind.DECISION_OUT_OF_ORDER,
                    trail.time() - ruling.time() + " ms older than one before it");
        } else if (ruling.duty().isPresent() && ruling.answer().offset() < trail.answeredOffset()) {
            ruling.violation(
                    ViolationKind.DECISION_OUT_OF_ORDER,
                    "answers offset "
                            + ruling.answer().offset()
                            + " after offset "
                            + trail.answeredOffset());
        }
        ruling.duty()
                .map(duty -> Math.abs(ruling.time() - duty.mark().time()))
                .filter(apart -> apart > timeTolerance)
                .ifPresent(
                        apart ->
                                ruling.violation(
                                        ViolationKind.DECISION_AT_WRONG_TIME,
                                        apart + " ms from its event"));
    }

    /** A lease passed on must be taken by the very next decision. */
    private void passedOn(Ruling ruling) {
        Optional<Trail.PassedOn> passed = ruling.trail().passedOn();
        if (passed.isEmpty()) {
            return;
        }
        ruling.trail().pass(Optional.empty());
        int slot = passed.get().slot();
        boolean taken =
                ruling.decided().outcome() instanceof Granted granted
                        && granted.getChoice() == Choice.ADOPTED
                        && granted.getSlot() == slot;
        if (!taken) {
            ruling.violation(
                    ViolationKind.UNFOUNDED_RELEASE,
                    passed.get().at(),
                    "passed on, but the next decision takes it over for nobody");
            ruling.books().slot(slot).takePassed();
            ruling.books().settle(slot, ruling.time(), ReleaseCause.PASSED_ON, ruling.version());
        }
    }

    /** An operator had the pool's rows dropped since the last decision. */
    private static void dropIfRebuilt(Ruling ruling) {
        Trail trail = ruling.trail();
        if (trail.lastVersion().isPresent() && ruling.version().isPresent()) {
            long before = trail.lastVersion().getAsLong();
            if (ruling.server().configs().ordersRebuild(before, ruling.version().getAsLong())) {
                // It released whatever it had, so what it did not release it should have before.
                drop(ruling, false);
            }
        }
    }

    /** The allocation's own books of this pool are gone; so is what the audit knew of them. */
    static void drop(Ruling ruling, boolean absolve) {
        if (ruling.books().all().isEmpty()) {
            ruling.books().forgetPast();
        } else {
            ruling.unknown(Unknown.BOOKS_DROPPED, ruling.books().drop(ruling.time(), absolve));
        }
    }

    /** An operator made the server forget its epoch, and a lower one begins. */
    private static void takeBackIfOrdered(Ruling ruling) {
        Trail trail = ruling.trail();
        Long epoch = ruling.decided().decision().getEpoch();
        boolean lower =
                epoch != null && trail.epoch().isPresent() && epoch < trail.epoch().getAsLong();
        if (lower
                && ruling.version().isPresent()
                && ruling.server()
                        .configs()
                        .mayOrderReset(trail.epochVersion(), ruling.version().getAsLong())) {
            trail.takeBack(epoch, ruling.version().getAsLong());
        }
    }

    private static void event(Ruling ruling) {
        Kind kind = ruling.answer().kind();
        Object outcome = ruling.decided().outcome();
        if (kind == Kind.BEFORE_LOG) {
            ruling.unknown(Unknown.EVENT_BEFORE_LOG);
        } else if (kind == Kind.ABSENT) {
            ruling.violation(
                    ViolationKind.DECISION_WITHOUT_EVENT, "no event of this seq is to be answered");
        } else if (kind == Kind.BY_TIME && needsEvent(outcome)) {
            ruling.violation(ViolationKind.DECISION_WITHOUT_EVENT, "names no event");
        } else if (kind == Kind.AGAIN && isStart(ruling) && !isBookless(outcome)) {
            boolean granted = outcome instanceof Granted;
            if (!granted || ruling.books().live(ruling.session()).isEmpty()) {
                ruling.violation(
                        ViolationKind.DECISION_WITHOUT_EVENT, "its event was answered before");
            }
        } else if (kind == Kind.FOUND) {
            standing(ruling, ruling.duty().orElseThrow().mark(), outcome);
        }
    }

    private static void standing(Ruling ruling, EventMark mark, Object outcome) {
        Trail trail = ruling.trail();
        switch (mark.standing()) {
            case EFFECTIVE -> {}
            case STALE -> {
                boolean below =
                        isAbove(trail.epoch(), mark) || isAbove(ruling.decided().epoch(), mark);
                if (below) {
                    stale(ruling, outcome);
                }
            }
            case DUPLICATE, MALFORMED -> {
                boolean takenBack = trail.tookBackTo(mark.epoch());
                if (outcome instanceof Granted && !takenBack) {
                    ruling.violation(
                            ViolationKind.DECISION_WITHOUT_EVENT, "its event took no effect");
                }
            }
        }
    }

    private static boolean isAbove(OptionalLong epoch, EventMark mark) {
        return epoch.isPresent() && epoch.getAsLong() > mark.epoch();
    }

    private static void stale(Ruling ruling, Object outcome) {
        if (outcome instanceof Granted) {
            ruling.violation(
                    ViolationKind.STALE_EPOCH_ADMITTED, "a later epoch had spoken before it");
        } else if (outcome instanceof Released) {
            ruling.violation(ViolationKind.DECISION_WITHOUT_EVENT, "its event is of a past epoch");
        }
    }

    private static boolean needsEvent(Object outcome) {
        return !(outcome instanceof Released released)
                || switch (released.getCause()) {
                    case ENDED, VANISHED, PASSED_ON -> true;
                    case EXPIRED, OPERATOR, RESET, UNKNOWN -> false;
                };
    }

    private static boolean isStart(Ruling ruling) {
        return ruling.duty().filter(Duty.Start.class::isInstance).isPresent();
    }

    /** Answers of a server without books, which cannot know what it answered before. */
    private static boolean isBookless(Object outcome) {
        return outcome instanceof Rejected rejected
                && (rejected.getCause() == RejectCause.NO_POOL
                        || rejected.getCause() == RejectCause.POOL_FAILED);
    }
}
