package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.exitpool.core.alert.AlertKey;
import io.exitpool.core.alert.AlertKind;
import io.exitpool.core.stats.Window;
import java.nio.ByteBuffer;

/**
 * A row's key in the store {@code fleet}: the kind, then of whom in ASCII; the statistics of a
 * server that wait for its fleet have the window's start and length before that, 8 bytes each.
 */
public final class FleetKey {
    private static final byte[] NOBODY = {};

    private FleetKey() {}

    /** What a row is of. */
    public enum Kind {
        CLOSED('c'),
        KNOWN('k'),
        QUIET('q'),
        STANDING('a'),
        TIME('t'),
        WAITING('w');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    public static byte[] known(String server) {
        return key(Kind.KNOWN, server.getBytes(US_ASCII));
    }

    public static byte[] waiting(String server, Window window) {
        byte[] name = server.getBytes(US_ASCII);
        return key(
                Kind.WAITING,
                ByteBuffer.allocate(2 * Long.BYTES + name.length)
                        .putLong(window.start())
                        .putLong(window.length())
                        .put(name)
                        .array());
    }

    public static byte[] time() {
        return key(Kind.TIME, NOBODY);
    }

    public static byte[] standing(AlertKey alert) {
        return key(Kind.STANDING, alert.name().getBytes(US_ASCII));
    }

    public static byte[] closed(AlertKey alert) {
        return key(Kind.CLOSED, alert.name().getBytes(US_ASCII));
    }

    public static byte[] quiet(String server) {
        return key(Kind.QUIET, server.getBytes(US_ASCII));
    }

    /** The key of an alert's record: {@code SERVER/KIND}. */
    public static byte[] record(String server, AlertKind kind) {
        return new AlertKey(server, kind).name().getBytes(US_ASCII);
    }

    public static Kind kind(byte[] key) {
        for (Kind kind : KINDS) {
            if (key.length > 0 && kind.code == key[0]) {
                return kind;
            }
        }
        throw new IllegalStateException("a row of an unknown kind in the store fleet");
    }

    /** Whose the row is, of those kinds that have nothing but a name. */
    public static String name(byte[] key) {
        return new String(key, 1, key.length - 1, US_ASCII);
    }

    private static byte[] key(Kind kind, byte[] whose) {
        return ByteBuffer.allocate(1 + whose.length).put(kind.code).put(whose).array();
    }
}
