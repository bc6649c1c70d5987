package io.exitpool.bench.latency;

import io.exitpool.bench.load.EventStream;

/**
 * The way of events and answers past one application: topics of its own, so that none reads what
 * was sent to another; and the one stream of events on it, which goes on from round to round.
 *
 * @param events the topic that the application reads
 * @param answers the topic that it writes decisions to
 */
record Lane(String events, String answers, EventStream stream) {}
