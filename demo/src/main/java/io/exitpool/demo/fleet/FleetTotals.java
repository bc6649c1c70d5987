package io.exitpool.demo.fleet;

import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.util.Map;

/**
 * What happened in a run, counted where it was seen: events as they were sent, decisions as they
 * were read.
 *
 * @param violations of what the exit servers truly hold, by kind; empty when all is well
 * @param latencies answered starts
 * @param settled every start and end had its answer at the end, and each pool had the leases that
 *     its server knows of
 */
public record FleetTotals(
        long events,
        long grants,
        long adoptions,
        Map<Rung, Long> rungs,
        Map<RejectCause, Long> rejections,
        Map<ReleaseCause, Long> releases,
        int crashes,
        int agentRestarts,
        int storms,
        int operatorActions,
        Map<String, Long> violations,
        long latencies,
        double latencyMillisP50,
        double latencyMillisP99,
        boolean settled) {}
