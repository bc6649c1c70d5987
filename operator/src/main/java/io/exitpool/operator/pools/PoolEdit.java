package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SetAsideCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of one server's configuration that an operator makes by hand, as a pure function of what
 * is configured. The version is not its business.
 */
@FunctionalInterface
public interface PoolEdit {

    /**
     * What became of an edit.
     *
     * @param after the changed configuration; empty if nothing is to be written
     * @param refused nothing is to be written because it cannot be done, not because it is done
     * @param message what the operator should read
     */
    record Edited(Optional<PoolConfig> after, boolean refused, String message) {

        public Edited {
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(message, "message");
        }

        private static Edited changed(PoolConfig.Builder after, String message) {
            return new Edited(Optional.of(after.build()), false, message);
        }

        private static Edited unchanged(String message) {
            return new Edited(Optional.empty(), false, message);
        }

        private static Edited refused(String message) {
            return new Edited(Optional.empty(), true, message);
        }
    }

    Edited edit(PoolConfig current, Optional<PoolStatus> status);

    /**
     * No session is granted the slot any more; those that have it keep it.
     *
     * @throws IllegalArgumentException if the address is none
     */
    static PoolEdit setAside(String address, SetAsideCause cause, String reason) {
        Address parsed = Address.parse(address);
        return (current, status) -> {
            Optional<Integer> slot = slotOf(current, parsed);
            if (slot.isEmpty()) {
                return Edited.refused(address + " is no address of this server");
            }
            SetAside mark = new SetAside(slot.get(), cause, reason);
            if (current.getSetAside().contains(mark)) {
                return Edited.unchanged(address + " is set aside already, with that reason");
            }
            List<SetAside> marks = without(current, slot.get());
            marks.add(mark);
            return Edited.changed(
                    PoolConfig.newBuilder(current).setSetAside(marks),
                    "slot " + slot.get() + ", " + address + ", is set aside");
        };
    }

    /**
     * The slot may be granted again.
     *
     * @throws IllegalArgumentException if the address is none
     */
    static PoolEdit restore(String address) {
        Address parsed = Address.parse(address);
        return (current, status) -> {
            Optional<Integer> slot = slotOf(current, parsed);
            if (slot.isEmpty()) {
                return Edited.refused(address + " is no address of this server");
            }
            List<SetAside> marks = without(current, slot.get());
            if (marks.size() == current.getSetAside().size()) {
                return Edited.unchanged(address + " is not set aside");
            }
            return Edited.changed(
                    PoolConfig.newBuilder(current).setSetAside(marks),
                    "slot " + slot.get() + ", " + address + ", may be granted again");
        };
    }

    /** The server takes no new sessions, or takes them again. */
    static PoolEdit draining(boolean draining) {
        return (current, status) -> {
            if (current.getDraining() == draining) {
                return Edited.unchanged(draining ? "drains already" : "does not drain");
            }
            String sessions =
                    status.map(is -> "; " + is.getSessions() + " sessions go on").orElse("");
            return Edited.changed(
                    PoolConfig.newBuilder(current).setDraining(draining),
                    draining ? "takes no new sessions" + sessions : "takes new sessions again");
        };
    }

    /** Every lease of the slot is released; its sessions have to start again. */
    static PoolEdit release(int slot) {
        return (current, status) -> {
            boolean retiring = status.map(PoolStatus::getRetiring).orElse(List.of()).contains(slot);
            if (!retiring && !SlotTable.of(current.getSlots()).containsKey(slot)) {
                return Edited.refused("has no slot " + slot);
            }
            return Edited.changed(
                    PoolConfig.newBuilder(current).setOrder(new ReleaseSlot(slot)),
                    "every lease of slot " + slot + " is released");
        };
    }

    /** The server's epoch is forgotten. */
    static PoolEdit resetEpoch() {
        return (current, status) ->
                Edited.changed(
                        PoolConfig.newBuilder(current).setOrder(new ResetEpoch()),
                        "its epoch is forgotten; the next event begins a new one");
    }

    /** The pool's rows are dropped, and the next snapshot is taken for truth. */
    static PoolEdit rebuild() {
        return (current, status) ->
                Edited.changed(
                        PoolConfig.newBuilder(current).setOrder(new Rebuild()),
                        "its rows are dropped; the next snapshot is taken for truth");
    }

    private static List<SetAside> without(PoolConfig config, int slot) {
        List<SetAside> marks = new ArrayList<>(config.getSetAside());
        marks.removeIf(mark -> mark.getSlot() == slot);
        return marks;
    }

    private static Optional<Integer> slotOf(PoolConfig config, Address address) {
        return SlotTable.of(config.getSlots()).entrySet().stream()
                .filter(slot -> slot.getValue().has(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
