package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * A row's key in the store {@code statistics}: the server's name, 0x00, the kind, and of a journal
 * entry its number in 8 bytes, big-endian. All rows of a server are one range, its journal in
 * order.
 *
 * @param entry number of the entry; 0 for the snapshot
 */
public record JournalKey(String server, Kind kind, long entry) {

    /** What a row is of. */
    public enum Kind {
        ENTRY('j', true),
        SNAPSHOT('s', false);

        private final byte code;
        private final boolean numbered;

        Kind(char code, boolean numbered) {
            this.code = (byte) code;
            this.numbered = numbered;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    public static JournalKey entry(String server, long entry) {
        return new JournalKey(server, Kind.ENTRY, entry);
    }

    public static JournalKey snapshot(String server) {
        return new JournalKey(server, Kind.SNAPSHOT, 0);
    }

    public byte[] encode() {
        int length = server.length() + 2 + (kind.numbered ? Long.BYTES : 0);
        ByteBuffer key =
                ByteBuffer.allocate(length)
                        .put(server.getBytes(US_ASCII))
                        .put((byte) 0)
                        .put(kind.code);
        return kind.numbered ? key.putLong(entry).array() : key.array();
    }

    public static JournalKey decode(byte[] key) {
        int end = 0;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        if (end > key.length - 2) {
            throw new IllegalStateException("a key in the store statistics is none");
        }
        String server = new String(key, 0, end, US_ASCII);
        for (Kind kind : KINDS) {
            if (kind.code == key[end + 1]
                    && key.length == end + 2 + (kind.numbered ? Long.BYTES : 0)) {
                long entry =
                        kind.numbered ? ByteBuffer.wrap(key, end + 2, Long.BYTES).getLong() : 0;
                return new JournalKey(server, kind, entry);
            }
        }
        throw new IllegalStateException("a row of an unknown kind in the store statistics");
    }
}
