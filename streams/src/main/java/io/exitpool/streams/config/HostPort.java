package io.exitpool.streams.config;

/**
 * Where a server listens.
 *
 * @param port 1 to 65535, or 0 for any free one
 */
public record HostPort(String host, int port) {
    private static final int LAST_PORT = 65_535;

    public HostPort {
        if (host.isBlank() || port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("not HOST:PORT");
        }
    }

    /**
     * @param text {@code 127.0.0.1:8080}, {@code localhost:0}, {@code [::1]:8080}
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not HOST:PORT");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        // A NumberFormatException is an IllegalArgumentException too.
        return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
