package io.exitpool.it;

import io.exitpool.agent.protocol.ExitMap;
import io.exitpool.agent.protocol.Peer;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;

/**
 * An exit server's kernel: which tunnels are up, and with which address each leaves. It is the
 * ground truth of a test, because it outlives agents, pools and clusters, and it notes what users
 * would notice: a tunnel that was moved to another address, or lost its address.
 */
final class Kernel implements ExitMap {

    /** Where a tunnel leaves. */
    record Exit(int slot, String address) {}

    /** One client's tunnel while it is up. */
    static final class Tunnel implements Peer {
        private final int number;

        Tunnel(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        @Override
        public long keyed(Mac mac) {
            byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
            return ByteBuffer.wrap(mac.doFinal(key)).getLong();
        }
    }

    private final Map<Tunnel, Optional<Exit>> tunnels = new LinkedHashMap<>();
    private final Runnable onChange;
    private int lastNumber;
    private int moves;
    private int cuts;

    Kernel() {
        this(() -> {});
    }

    /**
     * @param onChange runs after each change of an address, before the agent goes on
     */
    Kernel(Runnable onChange) {
        this.onChange = onChange;
    }

    synchronized Tunnel up() {
        Tunnel tunnel = new Tunnel(++lastNumber);
        tunnels.put(tunnel, Optional.empty());
        return tunnel;
    }

    /** A tunnel that is up already when this kernel is looked at for the first time. */
    synchronized Tunnel resume(int number, Exit exit) {
        Tunnel tunnel = new Tunnel(number);
        tunnels.put(tunnel, Optional.of(exit));
        lastNumber = Math.max(lastNumber, number);
        return tunnel;
    }

    /** Whether it was up. */
    synchronized boolean down(Tunnel tunnel) {
        return tunnels.remove(tunnel) != null;
    }

    @Override
    public void apply(Peer peer, int slot, Ipv4 v4, Ipv6 v6) {
        change(
                (Tunnel) peer,
                Optional.of(new Exit(slot, text(v4 == null ? v6.bytes() : v4.bytes()))));
    }

    @Override
    public void remove(Peer peer) {
        change((Tunnel) peer, Optional.empty());
    }

    synchronized List<Tunnel> tunnels() {
        return new ArrayList<>(tunnels.keySet());
    }

    /** The tunnels that have an address, with it. */
    synchronized Map<Tunnel, Exit> exits() {
        Map<Tunnel, Exit> exits = new LinkedHashMap<>();
        tunnels.forEach((tunnel, exit) -> exit.ifPresent(e -> exits.put(tunnel, e)));
        return exits;
    }

    /** What an agent that starts finds: live tunnels and their slots. */
    Map<Tunnel, Integer> held() {
        return exits().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                exit -> exit.getValue().slot(),
                                (one, other) -> one,
                                LinkedHashMap::new));
    }

    /** Whether every tunnel has an address. */
    synchronized boolean allHaveAddresses() {
        return tunnels.values().stream().allMatch(Optional::isPresent);
    }

    /** How often a live tunnel was given another address than it had. */
    synchronized int moves() {
        return moves;
    }

    /** How often a live tunnel's address was taken away. */
    synchronized int cuts() {
        return cuts;
    }

    /** An address as people write it. */
    static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void change(Tunnel tunnel, Optional<Exit> now) {
        synchronized (this) {
            Optional<Exit> before = tunnels.get(tunnel);
            if (before == null) {
                // The tunnel is down; its agent has not heard of it yet, or tidies up.
                return;
            }
            tunnels.put(tunnel, now);
            if (before.isPresent() && now.isPresent() && !before.equals(now)) {
                moves++;
            }
            if (before.isPresent() && now.isEmpty()) {
                cuts++;
            }
        }
        onChange.run();
    }
}
