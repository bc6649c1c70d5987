package io.exitpool.operator.pools;

import java.util.List;

/**
 * What applying a file does, from where the fleet stands now: what is written at once, what waits
 * for an address to become free, and why nothing may be written at all. A plan is made anew from
 * the log whenever something happened, so that no step depends on one that was interrupted.
 *
 * @param refusals when there are any, nothing is written
 */
record Plan(List<ServerPlan> servers, List<Problem> refusals) {

    Plan {
        servers = List.copyOf(servers);
        refusals = List.copyOf(refusals);
    }

    List<ServerPlan> writes() {
        return servers.stream().filter(ServerPlan::writes).toList();
    }

    List<Waiting> waiting() {
        return servers.stream().flatMap(server -> server.waiting().stream()).toList();
    }
}
