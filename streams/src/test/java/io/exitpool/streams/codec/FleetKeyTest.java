package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.exitpool.core.alert.AlertKey;
import io.exitpool.core.alert.AlertKind;
import io.exitpool.core.stats.Window;
import io.exitpool.streams.Seed;
import io.exitpool.streams.codec.FleetKey.Kind;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class FleetKeyTest {

    @Test
    void shouldTellTheKindsApart() {
        Draw draw = new Draw(Seed.of(FleetKeyTest.class));
        for (int i = 0; i < 5_000; i++) {
            String server = draw.server();
            Window window = Window.of(draw.slotId() * 1_000L, 60_000);

            assertThat(FleetKey.kind(FleetKey.known(server))).isEqualTo(Kind.KNOWN);
            assertThat(FleetKey.name(FleetKey.known(server))).isEqualTo(server);
            assertThat(FleetKey.kind(FleetKey.waiting(server, window))).isEqualTo(Kind.WAITING);
            assertThat(FleetKey.kind(FleetKey.quiet(server))).isEqualTo(Kind.QUIET);
            assertThat(FleetKey.name(FleetKey.quiet(server))).isEqualTo(server);
            for (AlertKind kind : AlertKind.values()) {
                AlertKey alert = new AlertKey(server, kind);
                assertThat(FleetKey.kind(FleetKey.standing(alert))).isEqualTo(Kind.STANDING);
                assertThat(FleetKey.kind(FleetKey.closed(alert))).isEqualTo(Kind.CLOSED);
                assertThat(new String(FleetKey.record(server, kind), US_ASCII))
                        .isEqualTo(server + "/" + kind);
            }
        }
        assertThat(FleetKey.kind(FleetKey.time())).isEqualTo(Kind.TIME);
    }

    @Test
    void shouldGiveEveryRowAKeyOfItsOwn() {
        Set<Bytes> keys = new HashSet<>();
        int rows = 0;
        for (String server : new String[] {"a", "b", "a-b", "se-sto-wg-001"}) {
            keys.add(Bytes.wrap(FleetKey.known(server)));
            keys.add(Bytes.wrap(FleetKey.quiet(server)));
            rows += 2;
            for (AlertKind kind : AlertKind.values()) {
                keys.add(Bytes.wrap(FleetKey.standing(new AlertKey(server, kind))));
                keys.add(Bytes.wrap(FleetKey.closed(new AlertKey(server, kind))));
                rows += 2;
            }
            // At the full hour a minute and an hour begin.
            for (Window window :
                    new Window[] {
                        new Window(0, 60_000), new Window(0, 3_600_000), new Window(60_000, 60_000)
                    }) {
                keys.add(Bytes.wrap(FleetKey.waiting(server, window)));
                rows++;
            }
        }

        assertThat(keys).hasSize(rows);
    }

    @Test
    void shouldRefuseBytesThatAreNoKey() {
        for (byte[] none : new byte[][] {{}, {'x'}, {0}}) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> FleetKey.kind(none));
        }
    }
}
