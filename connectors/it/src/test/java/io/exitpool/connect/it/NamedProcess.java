package io.exitpool.connect.it;

import static org.awaitility.Awaitility.await;

import io.exitpool.demo.port.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/**
 * BIND's {@code named} as the primary of some zones, on the loopback interface, in a directory of
 * its own. It can be stopped and started again on the same port with the zones as they were.
 */
final class NamedProcess implements AutoCloseable {

    /** The key that may update the zones, and its secret. */
    static final String KEY = "exitpool";

    static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private Process process;

    private NamedProcess(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts it with empty zones. */
    static NamedProcess start(Path directory, List<String> zones) {
        NamedProcess named = new NamedProcess(directory, LoopbackPort.choose(0));
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("named.conf"), named.config(zones));
            for (String zone : zones) {
                Files.writeString(directory.resolve(zone + ".zone"), emptyZone());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        named.start();
        return named;
    }

    /** Starts it again. */
    void start() {
        try {
            process =
                    new ProcessBuilder(
                                    "named", "-g", "-c", directory.resolve("named.conf").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            directory.resolve("named.log").toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "named does not start; install Debian's package bind9", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await("named answers").atMost(WITHIN).failFast(this::failIfEnded).until(this::accepts);
    }

    /** Ends it; its zones stay in its directory. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("named did not end\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where it listens, as {@code host:port}. */
    String endpoint() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** All PTR records of a zone, owner to target, asked for over TCP. */
    Map<String, String> pointers(String zone) {
        Map<String, String> pointers = new TreeMap<>();
        try {
            ZoneTransferIn transfer =
                    ZoneTransferIn.newAXFR(
                            Name.fromString(zone, Name.root), LoopbackPort.HOST, port, null);
            transfer.run();
            for (Record record : transfer.getAXFR()) {
                if (record instanceof PTRRecord pointer) {
                    pointers.merge(
                            pointer.getName().toString(),
                            pointer.getTarget().toString(),
                            (one, other) -> one + " and " + other);
                }
            }
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException | ZoneTransferException e) {
            throw new IllegalStateException("no transfer of " + zone + "\n" + log(), e);
        }
        return pointers;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("named.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void failIfEnded() {
        if (!process.isAlive()) {
            throw new IllegalStateException("named ended; it printed\n" + log());
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LoopbackPort.HOST, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String config(List<String> zones) {
        StringBuilder config =
                new StringBuilder(
                        """
                        options {
                          directory "%1$s";
                          pid-file none;
                          session-keyfile none;
                          listen-on port %2$d { 127.0.0.1; };
                          listen-on-v6 { none; };
                          recursion no;
                          dnssec-validation no;
                          notify no;
                          empty-zones-enable no;
                          allow-transfer { any; };
                        };
                        controls { };
                        key "%3$s" { algorithm hmac-sha256; secret "%4$s"; };
                        """
                                .formatted(directory.toAbsolutePath(), port, KEY, SECRET));
        for (String zone : zones) {
            config.append(
                    "zone \"%1$s\" { type primary; file \"%1$s.zone\"; allow-update { key \"%2$s\"; }; };%n"
                            .formatted(zone, KEY));
        }
        return config.toString();
    }

    private static String emptyZone() {
        return """
        $TTL 300
        @ IN SOA ns.example.net. hostmaster.example.net. 1 3600 600 86400 300
        @ IN NS ns.example.net.
        """;
    }
}
