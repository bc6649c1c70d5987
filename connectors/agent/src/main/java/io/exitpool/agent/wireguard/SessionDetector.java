package io.exitpool.agent.wireguard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Tells sessions from a sequence of dumps; a plain state machine, one observation at a time, each
 * at its own time. Between an up and the next up of the same peer there is always a down.
 *
 * <ul>
 *   <li>A session begins with a handshake that is new and not older than 180 s; at the first look,
 *       with any such handshake.
 *   <li>A new endpoint is the same session, and so is a new handshake.
 *   <li>It ends when the peer is silent ({@link DetectorSettings} says when and why), when the peer
 *       is removed, and when its counters decrease or its handshake is gone: the peer was added
 *       again or the daemon restarted. The next session begins with the next handshake.
 *   <li>A daemon that does not answer ends nothing for a while: if it comes back with the counters
 *       that it had, nothing happened.
 * </ul>
 */
public final class SessionDetector {
    private final DetectorSettings settings;
    private final Map<String, TrackedPeer> byKey = new HashMap<>();
    private int lastOrdinal;
    private OptionalLong downSince = OptionalLong.empty();

    public SessionDetector(DetectorSettings settings) {
        this.settings = settings;
    }

    /**
     * What the observation shows: ends first, so that their addresses are free for what begins;
     * both in the order of the peers' numbers.
     */
    public List<Transition> observe(Observation observation) {
        long now = Math.floorDiv(observation.atMillis(), 1000L);
        List<Transition> transitions = new ArrayList<>();
        if (observation.dump().isEmpty()) {
            daemonDown(now, transitions);
        } else {
            downSince = OptionalLong.empty();
            dump(observation.dump().get(), now, transitions);
        }
        return List.copyOf(transitions);
    }

    private void daemonDown(long now, List<Transition> transitions) {
        if (downSince.isEmpty()) {
            downSince = OptionalLong.of(now);
        }
        if (now - downSince.getAsLong() >= settings.downAfter()) {
            inOrder(byKey.values().stream())
                    .forEach(
                            peer ->
                                    peer.down(now, DownReason.DAEMON_STOPPED)
                                            .ifPresent(transitions::add));
        }
    }

    private void dump(Dump dump, long now, List<Transition> transitions) {
        Map<TrackedPeer, PeerLine> lines = new HashMap<>();
        for (PeerLine line : dump.peers()) {
            lines.put(byKey.computeIfAbsent(line.key(), this::track), line);
        }
        inOrder(byKey.values().stream())
                .forEach(
                        peer -> {
                            PeerLine line = lines.get(peer);
                            if (line != null) {
                                peer.endedBy(line, now, settings).ifPresent(transitions::add);
                            } else if (peer.present()) {
                                peer.gone(now).ifPresent(transitions::add);
                            }
                        });
        inOrder(lines.keySet().stream())
                .forEach(
                        peer ->
                                peer.take(lines.get(peer), now, settings)
                                        .ifPresent(transitions::add));
        byKey.values().removeIf(peer -> peer.forgettable(now, settings));
    }

    private TrackedPeer track(String key) {
        lastOrdinal++;
        return new TrackedPeer(new PeerRef(lastOrdinal, key));
    }

    private static Stream<TrackedPeer> inOrder(Stream<TrackedPeer> peers) {
        return peers.sorted(Comparator.comparingInt(peer -> peer.ref.ordinal()));
    }
}
