package io.exitpool.agent.wireguard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code wg show IF dump} says at one moment: a line for the interface, one for each peer, in
 * an order that changes from one dump to the next. Only the detector looks inside.
 */
public final class Dump {
    private static final int INTERFACE_FIELDS = 4;
    private static final int PEER_FIELDS = 8;
    private static final int KEY_LENGTH = 44;

    /** Good for 30,000 years, and still a long when it is turned into milliseconds. */
    private static final int EPOCH_DIGITS = 12;

    private static final int LONG_DIGITS = 18;

    private final List<PeerLine> peers;

    private Dump(List<PeerLine> peers) {
        this.peers = List.copyOf(peers);
    }

    /**
     * @throws DumpFormatException for lines that are no dump, or none at all
     */
    public static Dump parse(List<String> lines) {
        return parse(lines, 1);
    }

    /**
     * @param firstLine number of the first line, for messages
     */
    static Dump parse(List<String> lines, int firstLine) {
        if (lines.isEmpty()) {
            throw new DumpFormatException(firstLine, "the dump is empty");
        }
        int fields = fields(lines.get(0)).length;
        if (fields != INTERFACE_FIELDS) {
            throw new DumpFormatException(
                    firstLine,
                    "expected the interface's "
                            + INTERFACE_FIELDS
                            + " fields separated by tabs, found "
                            + fields
                            + "; give the output of `wg show INTERFACE dump`, not of `wg show all"
                            + " dump`");
        }
        List<PeerLine> peers = new ArrayList<>(lines.size() - 1);
        Set<String> keys = new HashSet<>();
        for (int i = 1; i < lines.size(); i++) {
            PeerLine peer = peer(lines.get(i), firstLine + i);
            if (!keys.add(peer.key())) {
                throw new DumpFormatException(firstLine + i, "the peer is listed twice");
            }
            peers.add(peer);
        }
        return new Dump(peers);
    }

    public int size() {
        return peers.size();
    }

    List<PeerLine> peers() {
        return peers;
    }

    /** The newest handshake of all peers in seconds since 1970; 0 when there was none. */
    long newestHandshake() {
        return peers.stream().mapToLong(PeerLine::handshake).max().orElse(0);
    }

    private static PeerLine peer(String line, int number) {
        String[] fields = fields(line);
        if (fields.length != PEER_FIELDS) {
            throw new DumpFormatException(
                    number,
                    "expected a peer's "
                            + PEER_FIELDS
                            + " fields separated by tabs, found "
                            + fields.length);
        }
        String key = fields[0];
        if (key.length() != KEY_LENGTH || !key.endsWith("=")) {
            throw new DumpFormatException(number, "the first field is no public key");
        }
        return new PeerLine(
                key,
                count(fields[4], EPOCH_DIGITS, number, "latest handshake"),
                count(fields[5], LONG_DIGITS, number, "bytes received"),
                count(fields[6], LONG_DIGITS, number, "bytes sent"));
    }

    private static long count(String field, int maxDigits, int line, String name) {
        boolean digits = !field.isEmpty() && field.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || field.length() > maxDigits) {
            throw new DumpFormatException(line, "the " + name + " is no number");
        }
        return Long.parseLong(field);
    }

    private static String[] fields(String line) {
        return line.split("\t", -1);
    }
}
