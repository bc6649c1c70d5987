package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.core.event.SessionId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A row's key in the store {@code pools}: the server's name, 0x00, the kind, the id. No name
 * contains a 0x00, so that all rows of a server are one range and no other server's are in it.
 *
 * @param server the server's name
 * @param kind what the row is of
 * @param id the slot's id in 4 bytes, the session's in 16, both big-endian, or nothing
 */
public record RowKey(String server, Kind kind, byte[] id) {

    /** What a row is of; a server's rows are in this order. */
    public enum Kind {
        CONFIG('c', 0),
        LEASE('l', Long.BYTES * 2),
        POOL('p', 0),
        SLOT('s', Integer.BYTES);

        private final byte code;
        private final int idBytes;

        Kind(char code, int idBytes) {
            this.code = (byte) code;
            this.idBytes = idBytes;
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final byte[] NO_ID = {};

    public static RowKey config(String server) {
        return new RowKey(server, Kind.CONFIG, NO_ID);
    }

    public static RowKey pool(String server) {
        return new RowKey(server, Kind.POOL, NO_ID);
    }

    public static RowKey slot(String server, int slot) {
        return new RowKey(
                server, Kind.SLOT, ByteBuffer.allocate(Integer.BYTES).putInt(slot).array());
    }

    public static RowKey lease(String server, SessionId session) {
        byte[] id =
                ByteBuffer.allocate(Long.BYTES * 2)
                        .putLong(session.high())
                        .putLong(session.low())
                        .array();
        return new RowKey(server, Kind.LEASE, id);
    }

    /**
     * @throws IllegalStateException when the bytes are no key that this program wrote
     */
    public static RowKey decode(byte[] key) {
        return decode(key, "");
    }

    /**
     * The same for a scan, which comes by most servers many times: names are made once.
     *
     * @param known a server's name, which is taken where the key begins with it
     */
    public static RowKey decode(byte[] key, String known) {
        int zero = 0;
        while (zero < key.length && key[zero] != 0) {
            zero++;
        }
        if (zero + 1 >= key.length) {
            throw new IllegalStateException("a row's key ends before its kind");
        }
        Kind kind = kind(key[zero + 1]);
        byte[] id = Arrays.copyOfRange(key, zero + 2, key.length);
        if (id.length != kind.idBytes) {
            throw new IllegalStateException("a row's key has an id of the wrong length");
        }
        return new RowKey(isName(known, key, zero) ? known : name(key, zero), kind, id);
    }

    /** Names are ASCII. */
    private static boolean isName(String known, byte[] key, int zero) {
        if (known.length() != zero) {
            return false;
        }
        for (int i = 0; i < zero; i++) {
            if (known.charAt(i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] key, int zero) {
        return new String(key, 0, zero, UTF_8);
    }

    /**
     * The bytes of a slot's key.
     *
     * @param server the bytes of the server's name
     */
    public static byte[] slot(byte[] server, int slot) {
        byte[] key = begin(server, Kind.SLOT);
        ByteBuffer.wrap(key).putInt(key.length - Kind.SLOT.idBytes, slot);
        return key;
    }

    /**
     * The bytes of a lease's key.
     *
     * @param server the bytes of the server's name
     */
    public static byte[] lease(byte[] server, SessionId session) {
        byte[] key = begin(server, Kind.LEASE);
        ByteBuffer.wrap(key)
                .putLong(key.length - 2 * Long.BYTES, session.high())
                .putLong(key.length - Long.BYTES, session.low());
        return key;
    }

    /** The smallest key of the server's rows. */
    public static byte[] first(String server) {
        return first(server, KINDS[0]);
    }

    /** A key above all of the server's rows, which is none itself. */
    public static byte[] beyond(String server) {
        return beyond(server, KINDS[KINDS.length - 1]);
    }

    /** The smallest key of the server's rows of a kind. */
    public static byte[] first(String server, Kind kind) {
        return encode(server, kind.code, NO_ID);
    }

    /** A key above all of the server's rows of a kind, which is none itself. */
    public static byte[] beyond(String server, Kind kind) {
        return encode(server, (byte) (kind.code + 1), NO_ID);
    }

    public byte[] encode() {
        return encode(server, kind.code, id);
    }

    public int slot() {
        return ByteBuffer.wrap(id).getInt();
    }

    public SessionId session() {
        ByteBuffer bytes = ByteBuffer.wrap(id);
        return new SessionId(bytes.getLong(), bytes.getLong());
    }

    private static byte[] encode(String server, byte kind, byte[] id) {
        byte[] name = server.getBytes(UTF_8);
        byte[] key = Arrays.copyOf(name, name.length + 2 + id.length);
        key[name.length + 1] = kind;
        System.arraycopy(id, 0, key, name.length + 2, id.length);
        return key;
    }

    private static byte[] begin(byte[] server, Kind kind) {
        byte[] key = Arrays.copyOf(server, server.length + 2 + kind.idBytes);
        key[server.length + 1] = kind.code;
        return key;
    }

    private static Kind kind(byte code) {
        for (Kind kind : KINDS) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalStateException("a row of an unknown kind");
    }
}
