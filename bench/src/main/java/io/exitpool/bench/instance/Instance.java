package io.exitpool.bench.instance;

import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One instance of the application as a supervisor runs it: it dies and lives again with the same
 * settings and the same directory. Its allocation tells how far it is over HTTP.
 */
public final class Instance implements AutoCloseable {
    private final Broker broker;
    private final Path stateDir;
    private final Map<String, String> settings;
    private final List<String> jvmOptions;
    private final Readiness readiness;
    private Optional<App> life = Optional.empty();

    /**
     * @param directory where its own, of its name, lies
     * @param jvmOptions that win over those of {@link App}
     */
    public Instance(
            String name,
            Broker broker,
            Path directory,
            Map<String, String> settings,
            List<String> jvmOptions) {
        this.broker = broker;
        this.stateDir = directory.resolve(name);
        HostPort http = new HostPort(LoopbackPort.HOST, LoopbackPort.choose(0));
        this.settings = new TreeMap<>(settings);
        this.settings.put(Setting.HTTP_LISTEN.key(), http.toString());
        this.jvmOptions = List.copyOf(jvmOptions);
        this.readiness = new Readiness("http://" + http);
    }

    public Readiness readiness() {
        return readiness;
    }

    public Path stateDir() {
        return stateDir;
    }

    public boolean lives() {
        return life.isPresent();
    }

    /** Starts it and does not wait. */
    public void start() {
        life = Optional.of(App.launch(broker, stateDir, settings, jvmOptions));
    }

    /** SIGKILL. */
    public void kill() {
        life.orElseThrow().kill();
        life = Optional.empty();
    }

    /** Of its Java machine. */
    public long pid() {
        return life.orElseThrow().pid();
    }

    /** SIGTERM, as a supervisor stops it. Idempotent. */
    @Override
    public void close() {
        life.ifPresent(App::close);
        life = Optional.empty();
    }

    /** Its disk is lost. */
    public void wipe() {
        try (Stream<Path> files = Files.walk(stateDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
