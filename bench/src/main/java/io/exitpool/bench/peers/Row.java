package io.exitpool.bench.peers;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a peer did in one round, or the medians of its rounds.
 *
 * @param connections null, as all that is about answers, when nobody waits for any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Row(
        String peer,
        String version,
        String durable,
        Integer connections,
        Integer pipeline,
        double eventsPerSecond,
        Double startP50Millis,
        Double startP99Millis,
        double rejectedShare,
        long decisions) {

    private static final double P50 = 50;
    private static final double P99 = 99;

    static Row of(AskedPeer peer, String version, LoopResult result) {
        return new Row(
                peer.name(),
                version,
                peer.durability().label(),
                peer.connections(),
                peer.pipeline(),
                result.eventsPerSecond(),
                result.startMillisAt(P50),
                result.startMillisAt(P99),
                result.rejectedShare(),
                result.decisions());
    }

    /** Of a peer that nobody waited for; it rejected nothing, else it would have failed. */
    static Row unanswered(Peer peer, String version, double eventsPerSecond, long decisions) {
        return new Row(
                peer.name(),
                version,
                peer.durability().label(),
                null,
                null,
                eventsPerSecond,
                null,
                null,
                0,
                decisions);
    }
}
