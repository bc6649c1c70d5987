package io.exitpool.operator.audit;

import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import java.util.Map;
import java.util.Optional;

/** What holds for a release. */
final class ReleaseRules {
    private final long timeTolerance;
    private final LogStart events;
    private final LogClock clock;

    ReleaseRules(long timeTolerance, LogStart events, LogClock clock) {
        this.timeTolerance = timeTolerance;
        this.events = events;
        this.clock = clock;
    }

    void judge(Ruling ruling, Released released) {
        Optional<Lease> lease = ruling.books().of(ruling.session(), released.getSlot());
        if (lease.isPresent()) {
            cause(ruling, released);
            grantedAt(ruling, released, lease.get());
            ruling.books().release(lease.get(), ruling.duty());
        } else if (ruling.books().mayLack(released.getGrantedAt() * 1_000)) {
            ruling.unknown(Unknown.LEASE_BEFORE_LOG);
            ruling.books().slot(released.getSlot()).removeUnseen();
        } else {
            ruling.violation(
                    ViolationKind.RELEASE_WITHOUT_LEASE,
                    ruling.books().live(ruling.session()).isPresent()
                            ? "the session has another slot"
                            : "the session has no lease, cause " + released.getCause());
            return;
        }
        slot(ruling, released);
        if (ruling.decided().isByOrder()) {
            ruling.trail().orderOut(ruling.session(), ruling.time());
        }
        if (released.getCause() == ReleaseCause.EXPIRED) {
            ruling.trail().expired(ruling.time());
        }
    }

    private static void slot(Ruling ruling, Released released) {
        SlotBook slot = ruling.books().slot(released.getSlot());
        if (isRebuilt(ruling, released)) {
            // All leases go at once, and with them what the pool knew of its slots' past.
            ruling.books()
                    .settle(
                            released.getSlot(),
                            ruling.time(),
                            released.getCause(),
                            ruling.version());
            ruling.books().forgetPast();
            return;
        }
        if (slot.isExact() && slot.load() != released.getLoadAfter() && !ruling.isFlagged()) {
            ruling.violation(
                    ViolationKind.BOOKS_DIFFER,
                    "load "
                            + released.getLoadAfter()
                            + ", by the decisions before it "
                            + slot.load());
        }
        slot.believe(released.getLoadAfter());
        if (released.getCause() == ReleaseCause.PASSED_ON) {
            slot.pass();
            ruling.trail()
                    .pass(
                            Optional.of(
                                    new Trail.PassedOn(released.getSlot(), ruling.decided().at())));
        } else {
            ruling.books()
                    .settle(
                            released.getSlot(),
                            ruling.time(),
                            released.getCause(),
                            ruling.version());
        }
    }

    private static boolean isRebuilt(Ruling ruling, Released released) {
        return released.getCause() == ReleaseCause.RESET && ruling.decided().isByTime();
    }

    private void grantedAt(Ruling ruling, Released released, Lease lease) {
        if (lease.isLearned()) {
            return;
        }
        long apart = released.getGrantedAt() - lease.grantedBy().timestamp() / 1_000;
        if (Math.abs(apart) > 1) {
            ruling.violation(
                    ViolationKind.BOOKS_DIFFER, "its time of grant is " + apart + " s off");
        }
    }

    private void cause(Ruling ruling, Released released) {
        switch (released.getCause()) {
            case ENDED -> ended(ruling);
            case VANISHED, RESET, PASSED_ON -> unnamed(ruling, released);
            case EXPIRED -> expired(ruling);
            case OPERATOR -> ordered(ruling, released);
            case UNKNOWN -> ruling.unknown(Unknown.NEWER_WORD);
        }
    }

    private static void ended(Ruling ruling) {
        if (ruling.duty().filter(duty -> !(duty instanceof Duty.End)).isPresent()) {
            unfounded(ruling, "ENDED, but its event is not the session's end");
        }
    }

    private static void unnamed(Ruling ruling, Released released) {
        if (isRebuilt(ruling, released)) {
            rebuilt(ruling);
            return;
        }
        ruling.duty()
                .ifPresent(
                        duty -> {
                            boolean named =
                                    duty instanceof Duty.Snapshot snapshot
                                            && snapshot.asked(ruling.session()).isPresent();
                            if (named) {
                                unfounded(
                                        ruling,
                                        released.getCause() + ", but the snapshot names it");
                            } else if (!(duty instanceof Duty.Snapshot)) {
                                unfounded(
                                        ruling,
                                        released.getCause() + ", but its event is no snapshot");
                            }
                        });
    }

    /**
     * The silence before the decision. A snapshot of about its time may be what ended it: silence
     * is noticed when the next event is read, too.
     */
    private void expired(Ruling ruling) {
        Optional<Map.Entry<Long, EventLog.Renewal>> last =
                ruling.server().events().renewalBefore(ruling.time() - timeTolerance);
        Optional<Long> ttl = ttl(ruling);
        if (last.isEmpty() || ttl.isEmpty()) {
            return;
        }
        long silent = clock.counted(last.get().getKey(), ruling.time());
        boolean standing =
                !events.late() || ruling.trail().isAnchoredAt(last.get().getValue().offset());
        if (standing && silent + timeTolerance < ttl.get()) {
            unfounded(ruling, "EXPIRED after " + silent + " ms of silence, of " + ttl.get());
        }
    }

    private static Optional<Long> ttl(Ruling ruling) {
        Optional<ConfigVersion> config =
                ruling.version().isPresent() || ruling.trail().lastVersion().isEmpty()
                        ? ruling.config()
                        : ruling.server()
                                .configs()
                                .version(ruling.trail().lastVersion().getAsLong(), ruling.time());
        return config.map(ConfigVersion::leaseTtl);
    }

    /** The order stands in the configuration that the decision names, or in the next one. */
    private static void ordered(Ruling ruling, Released released) {
        int slot = released.getSlot();
        boolean here = ruling.config().map(config -> config.ordersRelease(slot)).orElse(false);
        Optional<ConfigVersion> next = next(ruling);
        if (here || next.map(config -> config.ordersRelease(slot)).orElse(false)) {
            return;
        }
        if (isNextRead(ruling, next)) {
            unfounded(ruling, "OPERATOR, but no configuration orders it");
        } else {
            ruling.unknown(Unknown.CONFIG_GONE);
        }
    }

    private static void rebuilt(Ruling ruling) {
        Optional<ConfigVersion> next = next(ruling);
        boolean ordered =
                next.map(ConfigVersion::ordersRebuild).orElse(false)
                        || ruling.config().map(ConfigVersion::ordersRebuild).orElse(false)
                        || ruling.server().configs().wasRemoved();
        if (!ordered && isNextRead(ruling, next)) {
            unfounded(ruling, "RESET, but no configuration orders a rebuild");
        }
    }

    private static Optional<ConfigVersion> next(Ruling ruling) {
        return ruling.version().isEmpty()
                ? Optional.empty()
                : ruling.server().configs().after(ruling.version().getAsLong(), ruling.time());
    }

    /** Nothing was compacted away between the decision's configuration and the next one. */
    private static boolean isNextRead(Ruling ruling, Optional<ConfigVersion> next) {
        return ruling.config().isPresent()
                && next.map(config -> config.version() == ruling.version().getAsLong() + 1)
                        .orElse(!ruling.server().configs().wasRemoved());
    }

    private static void unfounded(Ruling ruling, String what) {
        ruling.violation(ViolationKind.UNFOUNDED_RELEASE, what);
    }
}
