package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * A row's key in the store {@code statistics}: the server's name, 0x00, the kind, and of a journal
 * entry its place in 4 bytes, big-endian. All rows of a server are one range, its journal in the
 * order of the places.
 *
 * @param place of the entry; 0 for the snapshot
 */
public record JournalKey(String server, Kind kind, int place) {

    /** What a row is of. */
    public enum Kind {
        ENTRY('j', Integer.BYTES),
        SNAPSHOT('s', 0);

        private final byte code;
        private final int placeBytes;

        Kind(char code, int placeBytes) {
            this.code = (byte) code;
            this.placeBytes = placeBytes;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    public static JournalKey entry(String server, int place) {
        return new JournalKey(server, Kind.ENTRY, place);
    }

    public static JournalKey snapshot(String server) {
        return new JournalKey(server, Kind.SNAPSHOT, 0);
    }

    public byte[] encode() {
        ByteBuffer key =
                ByteBuffer.allocate(server.length() + 2 + kind.placeBytes)
                        .put(server.getBytes(US_ASCII))
                        .put((byte) 0)
                        .put(kind.code);
        return kind == Kind.ENTRY ? key.putInt(place).array() : key.array();
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
            if (kind.code == key[end + 1] && key.length == end + 2 + kind.placeBytes) {
                int place = kind == Kind.ENTRY ? ByteBuffer.wrap(key).getInt(end + 2) : 0;
                return new JournalKey(server, kind, place);
            }
        }
        throw new IllegalStateException("a row of an unknown kind in the store statistics");
    }
}
