package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/** A record's key as a server's name: 1 to 63 of a-z, 0-9 and hyphen, as in a host name. */
public final class ServerName {
    private static final int MAX_LENGTH = 63;

    private ServerName() {}

    /** The name, or nothing if the key is none. */
    public static Optional<String> decode(byte[] key) {
        if (key == null || key.length == 0 || key.length > MAX_LENGTH) {
            return Optional.empty();
        }
        for (byte c : key) {
            boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
            if (!allowed) {
                return Optional.empty();
            }
        }
        return Optional.of(new String(key, US_ASCII));
    }
}
