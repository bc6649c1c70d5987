package io.exitpool.connect.dns.server;

import java.util.Base64;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/** Makes the key that signs updates and checks their answers (RFC 8945). */
public final class TsigKey {

    /** The algorithms that may be configured, the usual one first; MD5 and SHA-1 are not. */
    public static final List<String> ALGORITHMS =
            List.of("hmac-sha256", "hmac-sha224", "hmac-sha384", "hmac-sha512");

    private TsigKey() {}

    /**
     * The key.
     *
     * @param secret base64, as in the name server's configuration
     * @throws IllegalArgumentException if one of them is wrong; the secret is not in the message
     */
    public static TSIG of(String algorithm, String name, String secret) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException("the algorithm is one of " + ALGORITHMS);
        }
        try {
            return new TSIG(
                    Name.fromString(algorithm, Name.root),
                    Name.fromString(name, Name.root),
                    decoded(secret));
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + name + "' is no name of a key", e);
        }
    }

    private static byte[] decoded(String secret) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.strip());
        } catch (IllegalArgumentException e) {
            // Its own message would show a part of the secret.
            throw new IllegalArgumentException("the secret is not base64");
        }
        if (bytes.length == 0) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return bytes;
    }
}
