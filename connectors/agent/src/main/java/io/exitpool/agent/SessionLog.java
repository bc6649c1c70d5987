package io.exitpool.agent;

import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import io.exitpool.agent.protocol.AgentObserver;
import io.exitpool.agent.protocol.Peer;
import io.exitpool.agent.wireguard.DownReason;
import io.exitpool.agent.wireguard.PeerRef;
import io.exitpool.agent.wireguard.Transition;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes down the sessions of a replay, without their ids. */
final class SessionLog implements AgentObserver, TunnelFeed.Listener {
    private final long begin;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Peer, Entry> live = new HashMap<>();

    /**
     * @param begin of the capture, in seconds since 1970
     */
    SessionLog(long begin) {
        this.begin = begin;
    }

    @Override
    public void transition(Transition transition) {
        transition.<Void>match(
                up -> {
                    Entry entry = new Entry(up.peer(), up.atSeconds() - begin);
                    entries.add(entry);
                    live.put(up.peer(), entry);
                    return null;
                },
                down -> {
                    Entry entry = live.remove(down.peer());
                    entry.end = OptionalLong.of(down.atSeconds() - begin);
                    entry.reason = Optional.of(down.reason());
                    return null;
                });
    }

    @Override
    public void granted(Peer tunnel, Granted granted) {
        live.get(tunnel).lease =
                Optional.of(
                        new ReplaySession.Lease(
                                granted.getSlot(),
                                Optional.ofNullable(granted.getV4()).map(SessionLog::text),
                                Optional.ofNullable(granted.getV6()).map(SessionLog::text),
                                granted.getChoice(),
                                granted.getRung()));
    }

    @Override
    public void rejected(Peer tunnel, Rejected rejected) {
        live.get(tunnel).rejection = Optional.of(rejected.getCause());
    }

    List<ReplaySession> sessions() {
        return entries.stream().map(Entry::session).toList();
    }

    static String text(Ipv4 address) {
        return new IPv4Address(address.bytes()).toCanonicalString();
    }

    static String text(Ipv6 address) {
        return new IPv6Address(address.bytes()).toCanonicalString();
    }

    private static final class Entry {
        private final PeerRef peer;
        private final long start;
        private OptionalLong end = OptionalLong.empty();
        private Optional<DownReason> reason = Optional.empty();
        private Optional<ReplaySession.Lease> lease = Optional.empty();
        private Optional<RejectCause> rejection = Optional.empty();

        private Entry(PeerRef peer, long start) {
            this.peer = peer;
            this.start = start;
        }

        private ReplaySession session() {
            return new ReplaySession(peer.ordinal(), start, end, reason, lease, rejection);
        }
    }
}
