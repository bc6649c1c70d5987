package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.exitpool.core.alert.AlertSignal;
import io.exitpool.core.alert.ClosedAlert;
import io.exitpool.core.alert.QuietServer;
import io.exitpool.core.alert.StandingAlert;
import io.exitpool.core.insight.FleetTime;
import io.exitpool.core.insight.KnownServer;
import io.exitpool.core.insight.ServerSnapshot;
import io.exitpool.core.insight.Signal;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.WindowStats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows and signals that earlier versions wrote, in {@code kept/NAME.VERSION.cbor}. They have no
 * schema, so examples stand for it: one of each form that was ever written, with everything in it
 * that may be there. None of them is ever changed or taken away while a store may have its like.
 */
class KeptStatesTest {
    private static final ObjectMapper CBOR = new CBORMapper();
    private static final Path NEXT = Path.of("target/kept");

    private final StateCodec states = new StateCodec();

    static Stream<String> names() {
        return examples().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadEverythingThatEarlierVersionsWrote(String name) throws IOException {
        for (int version = 1; kept(name, version).isPresent(); version++) {
            byte[] row = kept(name, version).get();

            Object read = states.decode(row, typeOf(examples().get(name)));

            Map<String, String> written = leaves(CBOR.readTree(row));
            Map<String, String> understood = leaves(CBOR.readTree(states.encode(read)));
            assertThat(understood)
                    .as("what %s.%d.cbor says is lost by this version", name, version)
                    .containsAllEntriesOf(written);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldHaveAnExampleOfWhatItWritesNow(String name) throws IOException {
        byte[] now = states.encode(examples().get(name));
        int last = 0;
        while (kept(name, last + 1).isPresent()) {
            last++;
        }
        Path next = NEXT.resolve(name + "." + (last + 1) + ".cbor");
        boolean known =
                last > 0
                        && leaves(CBOR.readTree(kept(name, last).get()))
                                .keySet()
                                .equals(leaves(CBOR.readTree(now)).keySet());
        if (!known) {
            Files.createDirectories(NEXT);
            Files.write(next, now);
        }
        assertThat(known)
                .as(
                        "this version writes another %s than the last one that is kept. If every"
                                + " earlier one can still be read, copy streams/%s to"
                                + " src/test/resources/kept, and leave those that are there",
                        name, next)
                .isTrue();
    }

    private static Optional<byte[]> kept(String name, int version) throws IOException {
        String resource = "/kept/" + name + "." + version + ".cbor";
        try (InputStream in = KeptStatesTest.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    /** By name, everything that is kept or sent, with all that may be in it. */
    private static Map<String, Object> examples() {
        RecordDraw draw = new RecordDraw(1, true);
        Map<String, Object> all = new LinkedHashMap<>();
        for (Class<?> row :
                new Class<?>[] {
                    ServerSnapshot.class,
                    KnownServer.class,
                    WindowStats.class,
                    FleetTime.class,
                    StandingAlert.class,
                    QuietServer.class,
                    ClosedAlert.class
                }) {
            all.put(row.getSimpleName(), draw.one(row));
        }
        for (Class<?> signal : Signal.class.getPermittedSubclasses()) {
            if (signal != Signal.Alerting.class) {
                all.put("Signal." + signal.getSimpleName(), draw.one(signal));
            }
        }
        for (Class<?> alert : AlertSignal.class.getPermittedSubclasses()) {
            all.put(
                    "Signal.Alerting." + alert.getSimpleName(),
                    new Signal.Alerting(
                            "se-sto-wg-001",
                            new Place(Optional.of("se"), Optional.of("sto")),
                            1,
                            (AlertSignal) draw.one(alert)));
        }
        return all;
    }

    private static Class<?> typeOf(Object example) {
        return example instanceof Signal ? Signal.class : example.getClass();
    }

    /** Each value by the path to it. */
    private static Map<String, String> leaves(JsonNode tree) {
        Map<String, String> all = new TreeMap<>();
        collect("", tree, all);
        return all;
    }

    private static void collect(String path, JsonNode node, Map<String, String> all) {
        if (node.isObject()) {
            node.properties()
                    .forEach(one -> collect(path + "/" + one.getKey(), one.getValue(), all));
        } else if (node.isArray()) {
            for (int n = 0; n < node.size(); n++) {
                collect(path + "/" + n, node.get(n), all);
            }
        } else {
            all.put(path, node.asText());
        }
    }
}
