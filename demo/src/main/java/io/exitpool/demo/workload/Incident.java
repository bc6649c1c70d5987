package io.exitpool.demo.workload;

import java.util.List;

/** Something that happens to a server at a minute of the run, apart from its clients' visits. */
public sealed interface Incident {

    double minute();

    String server();

    /**
     * Many clients reconnect at once, as when a new version of their program rolls out, and a crowd
     * of new ones comes with them.
     *
     * @param share of the live tunnels that reconnect
     * @param crowd new visits
     */
    record ReconnectWave(double minute, String server, double share, int crowd)
            implements Incident {}

    /**
     * The machine is gone with all its tunnels, reports nothing until its pool has expired, and
     * comes back empty. Most of its clients turn to its neighbours once they notice, and home once
     * it is back.
     */
    record ServerCrash(double minute, String server, List<String> neighbours) implements Incident {}

    /**
     * The agent dies and comes back; tunnels and exit map live on.
     *
     * @param downMinutes how long nothing is reported
     * @param ends how many tunnels end meanwhile, unseen
     */
    record AgentRestart(double minute, String server, double downMinutes, int ends)
            implements Incident {}

    /** Addresses turn out to be blocked somewhere: the operator sets so many slots aside. */
    record SetAside(double minute, String server, int slots) implements Incident {}

    /** The operator restores what was set aside. */
    record Restore(double minute, String server) implements Incident {}

    /** The operator releases a slot that is in use. */
    record SlotRelease(double minute, String server) implements Incident {}

    /** The one place that knows all kinds of incidents. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof ReconnectWave wave) {
            return cases.reconnectWave(wave);
        } else if (this instanceof ServerCrash crash) {
            return cases.serverCrash(crash);
        } else if (this instanceof AgentRestart restart) {
            return cases.agentRestart(restart);
        } else if (this instanceof SetAside setAside) {
            return cases.setAside(setAside);
        } else if (this instanceof Restore restore) {
            return cases.restore(restore);
        }
        return cases.slotRelease((SlotRelease) this);
    }

    /** What to do in each case. */
    interface Cases<R> {
        R reconnectWave(ReconnectWave wave);

        R serverCrash(ServerCrash crash);

        R agentRestart(AgentRestart restart);

        R setAside(SetAside setAside);

        R restore(Restore restore);

        R slotRelease(SlotRelease release);
    }
}
