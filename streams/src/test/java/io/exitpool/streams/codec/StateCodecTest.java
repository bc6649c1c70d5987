package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.exitpool.core.alert.AlertSignal;
import io.exitpool.core.alert.ClosedAlert;
import io.exitpool.core.alert.QuietServer;
import io.exitpool.core.alert.StandingAlert;
import io.exitpool.core.insight.FleetTime;
import io.exitpool.core.insight.KnownServer;
import io.exitpool.core.insight.ServerSnapshot;
import io.exitpool.core.insight.Signal;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.streams.Seed;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {
    private final StateCodec states = new StateCodec();

    @ParameterizedTest
    @ValueSource(
            classes = {
                ServerSnapshot.class,
                KnownServer.class,
                WindowStats.class,
                FleetTime.class,
                StandingAlert.class,
                QuietServer.class,
                ClosedAlert.class
            })
    void shouldReadTheRowThatItWrote(Class<?> type) {
        RecordDraw draw = new RecordDraw(Seed.of(StateCodecTest.class), false);
        for (int i = 0; i < 300; i++) {
            Object row = draw.one(type);

            byte[] written = states.encode(row);
            Object read = states.decode(written, type);

            // Arrays equal themselves only; so it is looked into.
            assertThat(read).usingRecursiveComparison().isEqualTo(row);
            assertThat(states.encode(read)).isEqualTo(written);
        }
    }

    @Test
    void shouldReadTheSignalThatItWrote() {
        RecordDraw draw = new RecordDraw(Seed.of(StateCodecTest.class), false);
        for (int i = 0; i < 1_000; i++) {
            Signal signal = draw.one(Signal.class);

            Signal read = states.decode(states.encode(signal), Signal.class);

            assertThat(read).isEqualTo(signal);
        }
    }

    @Test
    void shouldTellEverySignalAndAlertSignalApart() {
        RecordDraw draw = new RecordDraw(1, true);
        for (Class<?> variant : Signal.class.getPermittedSubclasses()) {
            assertThat(states.decode(states.encode(draw.one(variant)), Signal.class))
                    .isInstanceOf(variant);
        }
        for (Class<?> variant : AlertSignal.class.getPermittedSubclasses()) {
            Signal.Alerting alerting =
                    new Signal.Alerting(
                            "se-sto-wg-001", Place.NOWHERE, 1, (AlertSignal) draw.one(variant));
            Signal read = states.decode(states.encode(alerting), Signal.class);
            assertThat(((Signal.Alerting) read).signal()).isInstanceOf(variant);
        }
    }

    /** They are written by place, so a place's meaning is for ever. */
    @Test
    void shouldKeepEveryMinutesSumInItsPlace() {
        assertThat(Arrays.stream(MinuteSums.class.getRecordComponents()))
                .extracting(RecordComponent::getName)
                .as("append to it, here and there; snapshots of before have fewer")
                .containsExactly(
                        "start",
                        "coveredMillis",
                        "starts",
                        "exhaustedFirst",
                        "exhausted",
                        "grants",
                        "bent",
                        "ends",
                        "emptied",
                        "sessionMillis",
                        "taken",
                        "places");
        assertThat(states.decode(states.encode(new long[] {1, 2, 3}), MinuteSums.class))
                .isEqualTo(new MinuteSums(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(
                        states.decode(
                                states.encode(LongStream.range(0, 20).toArray()), MinuteSums.class))
                .isEqualTo(new MinuteSums(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    }

    /** A later version may have written more. */
    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        record Later(Place place, long since, List<String> rumours) {}

        byte[] row =
                states.encode(
                        new Later(
                                new Place(Optional.of("se"), Optional.empty()),
                                7,
                                List.of("moves to Gothenburg")));

        assertThat(states.decode(row, KnownServer.class))
                .isEqualTo(new KnownServer(new Place(Optional.of("se"), Optional.empty()), 7));
    }

    @Test
    void shouldSayWhatToDoWithARowThatCannotBeRead() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () ->
                                states.decode(
                                        "damaged".getBytes(StandardCharsets.US_ASCII),
                                        ServerSnapshot.class))
                .withMessageContaining("remove the state directory");
    }
}
