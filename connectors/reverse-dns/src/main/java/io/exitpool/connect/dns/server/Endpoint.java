package io.exitpool.connect.dns.server;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A name server's host and port.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    /** An IPv6 address in brackets or bare, or a host without a colon; then perhaps a port. */
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:\\[(?<bracketed>[^\\[\\]]+)]|(?<host>[^:\\[\\]\\s]+))(?::(?<port>\\d*))?"
                            + "|(?<bare>[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*)");

    /** The port of DNS. */
    public static final int DNS_PORT = 53;

    /**
     * Reads {@code host}, {@code host:port}, {@code 2001:db8::1} or {@code [2001:db8::1]:port}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Endpoint parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no host, host:port or [IPv6]:port");
        }
        String host =
                Stream.of("bracketed", "host", "bare")
                        .map(parts::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        String digits = parts.group("port");
        return new Endpoint(host, digits == null ? DNS_PORT : port(text, digits));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static int port(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other wrong port is.
        }
        throw new IllegalArgumentException("'" + text + "' has no port from 1 to 65535");
    }
}
