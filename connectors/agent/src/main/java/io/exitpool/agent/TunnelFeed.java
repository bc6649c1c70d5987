package io.exitpool.agent;

import io.exitpool.agent.protocol.Agent;
import io.exitpool.agent.wireguard.DetectorSettings;
import io.exitpool.agent.wireguard.DownReason;
import io.exitpool.agent.wireguard.Observation;
import io.exitpool.agent.wireguard.SessionDetector;
import io.exitpool.agent.wireguard.Transition;
import io.exitpool.schemas.EndReason;

/** Hands what the detector sees to the agent. */
final class TunnelFeed {
    private final SessionDetector detector;
    private final Agent agent;

    TunnelFeed(DetectorSettings settings, Agent agent) {
        this.detector = new SessionDetector(settings);
        this.agent = agent;
    }

    /**
     * @param before hears of each transition before the agent acts on it
     */
    void observe(Observation observation, long now, Listener before) {
        for (Transition transition : detector.observe(observation)) {
            before.transition(transition);
            transition.<Void>match(
                    up -> {
                        agent.tunnelUp(up.peer(), now);
                        return null;
                    },
                    down -> {
                        agent.tunnelDown(down.peer(), reason(down.reason()), now);
                        return null;
                    });
        }
    }

    static EndReason reason(DownReason reason) {
        return switch (reason) {
            case SILENT -> EndReason.SILENT;
            case PEER_REMOVED -> EndReason.PEER_REMOVED;
            case PEER_RESET -> EndReason.PEER_RESET;
            case DAEMON_STOPPED -> EndReason.DAEMON_STOPPED;
        };
    }

    /** Hears of transitions. */
    @FunctionalInterface
    interface Listener {
        Listener NONE = transition -> {};

        void transition(Transition transition);
    }
}
