package io.exitpool.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.fleet.Kernels.LiveTunnel;
import io.exitpool.demo.fleet.Kernels.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelsTest {

    @Test
    void shouldBeReadAsTheyWereWritten(@TempDir Path directory) {
        // given
        Path file = directory.resolve("fleet.json");
        Kernels kernels =
                new Kernels(
                        Map.of(
                                "se-sto-wg-208",
                                new Server(
                                        1_795_000_000_000_000L,
                                        List.of(
                                                new LiveTunnel(Long.MIN_VALUE, 3, 12.5),
                                                new LiveTunnel(42, 0, 0))),
                                "no-osl-wg-101",
                                new Server(1, List.of())));

        // when
        kernels.write(file);
        kernels.write(file);

        // then
        assertThat(Kernels.read(file)).isEqualTo(kernels);
        assertThat(directory.toFile().list()).containsExactly("fleet.json");
        assertThat(Kernels.read(file).epoch("se-sto-wg-208")).isEqualTo(1_795_000_000_000_000L);
        assertThat(Kernels.read(file).epoch("de-fra-wg-103")).isZero();
    }

    @Test
    void shouldBeNoneAtTheFirstRun(@TempDir Path directory) {
        assertThat(Kernels.read(directory.resolve("fleet.json")).isNone()).isTrue();
    }
}
