package io.exitpool.bench.peers;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What a client's answers add up to: who has which slot, and how many decisions there must be. A
 * slot given to two live sessions, or released for one that does not have it, throws {@link
 * PeerException}: a peer that is fast and wrong has no figure. One thread each.
 */
final class Books implements Answers {

    private final UUID[][] holders;
    private final Set<UUID> refused = new HashSet<>();
    private long granted;
    private long rejected;
    private long released;

    Books(Fleet fleet) {
        holders = new UUID[fleet.servers()][fleet.slots()];
    }

    /** False for the end of a session that never got a slot: there is nothing to ask. */
    boolean worthAsking(Step step) {
        return step.isStart() || !refused.remove(step.session());
    }

    @Override
    public void answered(Step step, int slot) {
        if (step.isStart()) {
            started(step, slot);
        } else {
            ended(step, slot);
        }
    }

    private void started(Step step, int slot) {
        if (slot == NONE) {
            rejected++;
            refused.add(step.session());
            return;
        }
        UUID[] slots = holders[step.server()];
        if (slots[slot] != null) {
            throw new PeerException("a slot was given to two live sessions");
        }
        slots[slot] = step.session();
        granted++;
    }

    private void ended(Step step, int slot) {
        if (slot == NONE) {
            throw new PeerException("a session that had a slot was not found when it ended");
        }
        UUID[] slots = holders[step.server()];
        if (!step.session().equals(slots[slot])) {
            throw new PeerException("a slot was released for a session that did not have it");
        }
        slots[slot] = null;
        released++;
    }

    long granted() {
        return granted;
    }

    long rejected() {
        return rejected;
    }

    long released() {
        return released;
    }

    /** A grant, a refusal and a release are a decision each. */
    long decisions() {
        return granted + rejected + released;
    }
}
