package io.exitpool.operator.audit;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Rung;
import java.util.Optional;
import java.util.OptionalInt;

/** What holds for a grant. */
final class GrantRules {
    private final LogStart events;
    private final RestRules rest;

    GrantRules(long restTolerance, LogStart events) {
        this.events = events;
        rest = new RestRules(restTolerance);
    }

    void judge(Ruling ruling, Granted granted) {
        attempt(ruling, granted);
        if (granted.getRepeated()) {
            repeated(ruling, granted);
            return;
        }
        asked(ruling, granted);
        synced(ruling);
        config(ruling, granted);
        Optional<Lease> lease = ruling.books().live(ruling.session());
        boolean sameSlot = lease.map(one -> one.slot() == granted.getSlot()).orElse(false);
        if (sameSlot && isAdoptedAnew(ruling, granted)) {
            // Only a pool that lost its rows takes a lease over from the session that has it.
            DecisionRules.drop(ruling, true);
        } else if (lease.isPresent()) {
            ruling.violation(
                    ViolationKind.GRANTED_TWICE,
                    "the session has "
                            + (sameSlot ? "this lease" : "another slot")
                            + " since "
                            + lease.get().grantedBy().place());
            if (sameSlot) {
                return;
            }
        }
        enter(ruling, granted);
    }

    private void enter(Ruling ruling, Granted granted) {
        SlotBook slot = ruling.books().slot(granted.getSlot());
        boolean passed = slot.takePassed();
        boolean adopted = granted.getChoice() == Choice.ADOPTED;
        int before =
                slot.isExact() ? slot.load() : Math.max(slot.load(), granted.getLoadAfter() - 1);
        if (!adopted && before == 0) {
            rest.judge(ruling, granted, slot);
        }
        // The first decision of a log that begins late may take over what the last one before it
        // passed on.
        boolean maybePassed = passed || adopted && !slot.isExact();
        if (!maybePassed) {
            cap(ruling, granted, before + 1);
        }
        ruling.books().grant(lease(ruling, granted, false));
        figures(ruling, granted, slot, before);
    }

    /** A grant said again changes nothing and must say what the first one said. */
    private static void repeated(Ruling ruling, Granted granted) {
        Optional<Lease> lease = ruling.books().live(ruling.session());
        SlotBook slot = ruling.books().slot(granted.getSlot());
        if (lease.isEmpty()) {
            if (ruling.books().isComplete()) {
                ruling.violation(ViolationKind.BOOKS_DIFFER, "repeats a grant that was never made");
            } else {
                ruling.unknown(Unknown.LEASE_BEFORE_LOG);
                believeIfUnsure(slot, granted.getLoadAfter());
                ruling.books().learn(lease(ruling, granted, true));
            }
            return;
        }
        if (lease.get().slot() != granted.getSlot()) {
            ruling.violation(ViolationKind.GRANTED_TWICE, "repeats a grant of another slot");
            return;
        }
        if (!lease.get().addresses().equals(SlotAddresses.of(granted))) {
            ruling.violation(
                    ViolationKind.SLOT_OUTSIDE_CONFIG, "other addresses than it was granted with");
        }
        load(ruling, slot, granted.getLoadAfter());
    }

    private static void asked(Ruling ruling, Granted granted) {
        Choice choice = granted.getChoice();
        if (choice == Choice.UNKNOWN) {
            ruling.unknown(Unknown.NEWER_WORD);
        }
        Optional<Asked> asked =
                ruling.duty()
                        .flatMap(
                                duty ->
                                        duty.match(
                                                start -> Optional.of(start.asked()),
                                                end -> Optional.empty(),
                                                snapshot -> snapshot.asked(ruling.session()),
                                                silence -> Optional.empty()));
        asked.ifPresent(
                slots -> {
                    boolean wrong =
                            choice == Choice.ADOPTED && !is(slots.held(), granted.getSlot())
                                    || choice == Choice.WANTED
                                            && !is(slots.wanted(), granted.getSlot());
                    if (wrong) {
                        ruling.violation(
                                ViolationKind.CHOICE_NOT_ASKED,
                                choice + ", but its event names another slot or none");
                    }
                });
    }

    private void synced(Ruling ruling) {
        if (ruling.answer().kind() == Answer.Kind.FOUND
                && ruling.duty().orElseThrow() instanceof Duty.Start start
                && start.mark().standing() == Standing.EFFECTIVE
                && isKnown(ruling, start.sync())) {
            long expired = ruling.trail().expiredAt().orElse(Long.MIN_VALUE);
            if (start.sync().at().isEmpty() || start.sync().at().getAsLong() < expired) {
                ruling.violation(
                        ViolationKind.GRANT_WHILE_NOT_SYNCED,
                        start.sync().at().isEmpty()
                                ? "no complete snapshot of the epoch came before its event"
                                : "no complete snapshot came since the pool expired");
            }
        }
    }

    /** Whether the epoch was read from its beginning. */
    private boolean isKnown(Ruling ruling, Sync sync) {
        return !events.late() || ruling.trail().isAnchoredBefore(sync.beganAt());
    }

    private static void config(Ruling ruling, Granted granted) {
        boolean adopted = granted.getChoice() == Choice.ADOPTED;
        switch (ruling.named()) {
            case NONE ->
                    ruling.violation(
                            ViolationKind.SLOT_OUTSIDE_CONFIG, "granted without a configuration");
            case GONE -> ruling.unknown(Unknown.CONFIG_GONE);
            case NEVER_WRITTEN ->
                    ruling.violation(
                            ViolationKind.SLOT_OUTSIDE_CONFIG,
                            "names a configuration that was never written");
            case READ -> {
                ConfigVersion config = ruling.config().orElseThrow();
                addresses(ruling, granted, config, adopted);
                if (!adopted && config.isSetAside(granted.getSlot())) {
                    ruling.violation(
                            ViolationKind.SLOT_SET_ASIDE, "in version " + config.version());
                }
                if (!adopted && config.isDraining()) {
                    ruling.violation(
                            ViolationKind.GRANT_WHILE_DRAINING, "in version " + config.version());
                }
            }
        }
    }

    /** A slot that a session held may have left the configuration; its addresses stay its own. */
    private static void addresses(
            Ruling ruling, Granted granted, ConfigVersion config, boolean adopted) {
        int slot = granted.getSlot();
        Optional<SlotAddresses> own = config.addresses(slot);
        if (own.isEmpty() && adopted) {
            own = ruling.server().configs().addressesBefore(config.version(), slot);
            if (own.isEmpty() && config.wasGiven(slot)) {
                ruling.unknown(Unknown.CONFIG_GONE);
                return;
            }
        }
        if (own.isEmpty()) {
            ruling.violation(
                    ViolationKind.SLOT_OUTSIDE_CONFIG,
                    "version " + config.version() + " has no such slot");
        } else if (!own.get().equals(SlotAddresses.of(granted))) {
            ruling.violation(
                    ViolationKind.SLOT_OUTSIDE_CONFIG,
                    "the slot has other addresses in version " + config.version());
        }
    }

    private static void cap(Ruling ruling, Granted granted, int load) {
        if (ruling.config().isEmpty()) {
            return;
        }
        ConfigVersion config = ruling.config().get();
        boolean bent = granted.getRung() == Rung.SHARED || granted.getChoice() == Choice.ADOPTED;
        int most = bent ? config.capMax() : config.cap();
        if (load <= most) {
            return;
        }
        if (granted.getRung() == Rung.UNKNOWN) {
            ruling.unknown(Unknown.NEWER_WORD);
        } else {
            ruling.violation(
                    ViolationKind.OVER_CAP,
                    load + " sessions on a slot for " + most + ", rung " + granted.getRung());
        }
    }

    private static void figures(Ruling ruling, Granted granted, SlotBook slot, int before) {
        load(ruling, slot, granted.getLoadAfter());
        if (granted.getGapMillis() != null && before > 0 && !ruling.isFlagged()) {
            ruling.violation(ViolationKind.BOOKS_DIFFER, "names a gap, but the slot was not empty");
        }
    }

    private static void load(Ruling ruling, SlotBook slot, int loadAfter) {
        if (slot.isExact() && slot.load() != loadAfter && !ruling.isFlagged()) {
            ruling.violation(
                    ViolationKind.BOOKS_DIFFER,
                    "load " + loadAfter + ", by the decisions before it " + slot.load());
        }
        slot.believe(loadAfter);
    }

    private static void attempt(Ruling ruling, Granted granted) {
        ruling.duty()
                .filter(Duty.Start.class::isInstance)
                .map(Duty.Start.class::cast)
                .filter(start -> start.attempt() != granted.getAttempt())
                .ifPresent(
                        start ->
                                ruling.violation(
                                        ViolationKind.BOOKS_DIFFER,
                                        "attempt "
                                                + granted.getAttempt()
                                                + ", its start says "
                                                + start.attempt()));
    }

    private static Lease lease(Ruling ruling, Granted granted, boolean learned) {
        return new Lease(
                ruling.session(),
                granted.getSlot(),
                SlotAddresses.of(granted),
                ruling.decided().at(),
                learned ? -1 : ruling.answer().offset(),
                learned);
    }

    private static void believeIfUnsure(SlotBook slot, int load) {
        if (!slot.isExact()) {
            slot.believe(load);
        }
    }

    private static boolean isAdoptedAnew(Ruling ruling, Granted granted) {
        return granted.getChoice() == Choice.ADOPTED
                && ruling.answer().kind() == Answer.Kind.FOUND
                && ruling.duty().filter(Duty.Snapshot.class::isInstance).isPresent();
    }

    private static boolean is(OptionalInt named, int slot) {
        return named.isPresent() && named.getAsInt() == slot;
    }
}
