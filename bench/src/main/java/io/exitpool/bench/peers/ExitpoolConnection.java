package io.exitpool.bench.peers;

import io.exitpool.bench.peers.ExitpoolDecisions.Told;
import java.util.List;

/** A client's agents: writes their events and waits until each was decided. */
final class ExitpoolConnection implements PeerConnection {

    private final ExitpoolAgents agents;
    private final ExitpoolDecisions decisions;
    private final int client;

    ExitpoolConnection(ExitpoolAgents agents, ExitpoolDecisions decisions, int client) {
        this.agents = agents;
        this.decisions = decisions;
        this.client = client;
    }

    @Override
    public void ask(List<Step> steps, Answers answers) {
        for (Step step : steps) {
            agents.say(step);
        }
        int open = steps.size();
        while (open > 0) {
            List<Told> told = decisions.take(client);
            agents.check();
            told.forEach(decision -> answers.answered(decision.step(), decision.slot()));
            open -= told.size();
        }
    }

    /** Agents and decisions are shared by all connections. */
    @Override
    public void close() {}
}
