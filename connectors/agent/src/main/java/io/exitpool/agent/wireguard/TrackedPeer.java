package io.exitpool.agent.wireguard;

import java.util.Optional;

/** What the detector remembers of one peer from one dump to the next. */
final class TrackedPeer {
    final PeerRef ref;
    private long handshake;
    private long received;
    private long sent;

    /** When rx was last seen to move, in seconds. */
    private long movedAt;

    private boolean up;
    private boolean present;
    private long goneAt;

    TrackedPeer(PeerRef ref) {
        this.ref = ref;
    }

    boolean up() {
        return up;
    }

    boolean present() {
        return present;
    }

    boolean forgettable(long now, DetectorSettings settings) {
        return !present && now - goneAt >= settings.forgetAfter();
    }

    /** Ends the session, if there is one. */
    Optional<Transition> down(long now, DownReason reason) {
        if (!up) {
            return Optional.empty();
        }
        up = false;
        return Optional.of(new Transition.PeerDown(ref, now, reason));
    }

    Optional<Transition> gone(long now) {
        present = false;
        goneAt = now;
        return down(now, DownReason.PEER_REMOVED);
    }

    /** What the line says about the session that was up before it. */
    Optional<Transition> endedBy(PeerLine line, long now, DetectorSettings settings) {
        if (present && restarted(line)) {
            // A new peer under the old key: whatever it shows is new.
            present = false;
            return down(now, DownReason.PEER_RESET);
        }
        return up && !heard(line) && dead(line, now, settings)
                ? down(now, DownReason.SILENT)
                : Optional.empty();
    }

    /** Takes the line over, and says whether a session begins with it. */
    Optional<Transition> take(PeerLine line, long now, DetectorSettings settings) {
        boolean heard = !present || heard(line);
        boolean fresh = line.handshake() > 0 && now - line.handshake() <= settings.rejectAfter();
        if (heard || movedAt > now) {
            movedAt = now;
        }
        handshake = line.handshake();
        received = line.received();
        sent = line.sent();
        present = true;
        if (up || !heard || !fresh) {
            return Optional.empty();
        }
        up = true;
        return Optional.of(new Transition.PeerUp(ref, now));
    }

    private boolean heard(PeerLine line) {
        return line.handshake() != handshake || line.received() != received;
    }

    private boolean restarted(PeerLine line) {
        return line.received() < received
                || line.sent() < sent
                || line.handshake() == 0 && handshake > 0;
    }

    private boolean dead(PeerLine line, long now, DetectorSettings settings) {
        long silent = now - movedAt;
        boolean stale = now - line.handshake() > settings.rejectAfter();
        return stale && silent >= settings.quietFor() || silent >= settings.idleAfter();
    }
}
