package io.exitpool.connect.dns.change;

import io.exitpool.connect.dns.name.Place;
import io.exitpool.connect.dns.name.Zones;
import io.exitpool.connect.dns.server.NameServer;
import io.exitpool.connect.dns.server.PtrUpdate;
import io.exitpool.connect.dns.server.Ruling;
import io.exitpool.connect.dns.server.UnansweredException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends ripe changes: one zone a message, as many changes as allowed, no faster than allowed. A
 * message that was refused for one of its names is halved until that name is found. Trouble that
 * passes is waited for without blocking: {@link #send} says when to call again.
 */
public final class Sender {

    /** Takes a record whose change cannot be made, and why. */
    @FunctionalInterface
    public interface Rejects {
        void reject(Change change, String reason);
    }

    /**
     * How much at once, and how much a second.
     *
     * @param changesPerMessage addresses in a message
     * @param changesPerSecond addresses a second
     * @param messagesPerSecond messages a second
     */
    public record Limits(int changesPerMessage, int changesPerSecond, int messagesPerSecond) {}

    private record Placed(Change change, Place place) {

        PtrUpdate update() {
            return new PtrUpdate(place.owner(), change.wish().ptr());
        }
    }

    /** A message holds 65,535 bytes; what is left is for its header and its signature. */
    private static final int MOST_BYTES = 64_000;

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Coalescer coalescer;
    private final Zones zones;
    private final NameServer server;
    private final Rejects rejects;
    private final Counters counters;
    private final Limits limits;
    private final Patience patience;
    private final TokenBucket changes;
    private final TokenBucket messages;

    public Sender(
            Coalescer coalescer,
            Zones zones,
            NameServer server,
            Rejects rejects,
            Counters counters,
            Limits limits,
            Patience patience,
            long now) {
        this.coalescer = coalescer;
        this.zones = zones;
        this.server = server;
        this.rejects = rejects;
        this.counters = counters;
        this.limits = limits;
        this.patience = patience;
        this.changes = new TokenBucket(limits.changesPerSecond(), now);
        this.messages = new TokenBucket(limits.messagesPerSecond(), now);
    }

    /**
     * Sends what is ripe and allowed now.
     *
     * @return nanoseconds until there may be more to send; empty when nothing waits
     * @throws ConnectException if the name server refuses for a reason that only an operator can
     *     remove, or has failed for too long
     */
    public Optional<Long> send(long now) {
        while (pause(now) == 0) {
            Optional<Long> ripeIn = coalescer.ripeIn(now);
            if (ripeIn.isEmpty() || ripeIn.get() > 0) {
                return ripeIn;
            }
            try {
                sendOne(now);
                patience.succeeded();
            } catch (UnansweredException e) {
                beFailed(e.getMessage(), now);
            }
        }
        long pause = pause(now);
        return coalescer.ripeIn(now).map(ripeIn -> Math.max(ripeIn, pause));
    }

    /** Nanoseconds for which nothing may be sent, whatever is ripe. */
    private long pause(long now) {
        return Math.max(
                patience.nanosUntilTry(now),
                Math.max(changes.nanosUntilOne(now), messages.nanosUntilOne(now)));
    }

    private void sendOne(long now) throws UnansweredException {
        List<Placed> batch = batch(now);
        if (!batch.isEmpty()) {
            send(batch, now);
        }
    }

    /** The oldest ripe change and those of its zone; a change without a zone is rejected. */
    private List<Placed> batch(long now) throws UnansweredException {
        int most = Math.min(limits.changesPerMessage(), changes.available(now));
        int bytes = 0;
        List<Placed> batch = new ArrayList<>();
        for (Change change : coalescer.ripe(now)) {
            Optional<Place> place = place(change);
            if (place.isEmpty()) {
                reject(change, Ruling.noZone(change.address()));
                continue;
            }
            Placed placed = new Placed(change, place.get());
            if (batch.isEmpty() || placed.place().zone().equals(batch.get(0).place().zone())) {
                bytes += placed.update().mostBytes();
                if (bytes > MOST_BYTES) {
                    break;
                }
                batch.add(placed);
            }
            if (batch.size() == most) {
                break;
            }
        }
        return batch;
    }

    private Optional<Place> place(Change change) throws UnansweredException {
        try {
            return zones.placeOf(change.address());
        } catch (UnansweredException e) {
            throw e;
        } catch (IOException e) {
            throw new UnansweredException(e.getMessage(), e);
        }
    }

    private void send(List<Placed> batch, long now) throws UnansweredException {
        List<Change> sent = batch.stream().map(Placed::change).toList();
        coalescer.sending(sent);
        changes.take(sent.size());
        messages.take(1);
        counters.message();
        Ruling ruling =
                server.update(
                        batch.get(0).place().zone(), batch.stream().map(Placed::update).toList());
        switch (ruling.kind()) {
            case DONE -> {
                coalescer.confirmed(sent, now);
                counters.sent(sent.size());
            }
            case NAME_REFUSED -> halve(batch, ruling, now);
            case PASSING -> throw new UnansweredException(ruling.advice());
            case LASTING -> {
                counters.failure();
                throw new ConnectException(ruling.advice());
            }
        }
    }

    private void halve(List<Placed> batch, Ruling ruling, long now) throws UnansweredException {
        counters.failure();
        if (batch.size() == 1) {
            reject(batch.get(0).change(), ruling.advice());
            return;
        }
        int half = batch.size() / 2;
        send(batch.subList(0, half), now);
        send(batch.subList(half, batch.size()), now);
    }

    private void reject(Change change, String reason) {
        coalescer.drop(change);
        counters.reported();
        rejects.reject(change, reason);
    }

    private void beFailed(String reason, long now) {
        counters.failure();
        patience.failed(now);
        if (patience.exhausted(now)) {
            throw new ConnectException(
                    "gave up after %d s: %s; then restart the task, it begins where it stopped"
                            .formatted(patience.failingFor(now).toSeconds(), reason));
        }
        LOG.warn(
                "{}; {} addresses wait, next try in {} ms",
                reason,
                coalescer.size(),
                patience.nanosUntilTry(now) / 1_000_000);
    }
}
