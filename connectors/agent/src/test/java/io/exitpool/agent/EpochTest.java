package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochTest {
    private static final long NOW = 1_795_345_261_000_000L;
    private static final String SERVER = "se-sto-wg-208";

    @TempDir private Path dir;

    @Test
    void shouldBeTheWallClockWhenNothingIsKnown() {
        assertThat(Epoch.next(OptionalLong.empty(), OptionalLong.empty(), NOW)).isEqualTo(NOW);
    }

    @Test
    void shouldBeAboveEveryEarlierLife() {
        OptionalLong later = OptionalLong.of(NOW + 10);
        OptionalLong earlier = OptionalLong.of(NOW - 10);

        assertThat(Epoch.next(later, earlier, NOW)).isEqualTo(NOW + 11);
        assertThat(Epoch.next(earlier, later, NOW)).isEqualTo(NOW + 11);
        assertThat(Epoch.next(earlier, earlier, NOW)).isEqualTo(NOW);
        assertThat(Epoch.next(OptionalLong.of(NOW), OptionalLong.empty(), NOW)).isEqualTo(NOW + 1);
    }

    @Test
    void shouldRefuseAnEpochThatNobodyWouldBelieve() {
        long day = 86_400_000_000L;

        assertThatCode(() -> Epoch.checked(NOW + day, NOW, SERVER)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Epoch.checked(NOW + day + 1, NOW, SERVER))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("pools reset-epoch " + SERVER);
    }

    @Test
    void shouldKeepTheEpochAndNothingElse() throws IOException {
        EpochFile file = new EpochFile(dir.resolve("state"), SERVER);
        assertThat(file.read()).isEmpty();

        file.write(NOW);
        file.write(NOW + 1);

        assertThat(new EpochFile(dir.resolve("state"), SERVER).read()).hasValue(NOW + 1);
        assertThat(dir.resolve("state/" + SERVER + ".epoch")).hasContent(String.valueOf(NOW + 1));
        try (var files = Files.list(dir.resolve("state"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldSayWhatToDoWithAFileThatIsNoEpoch() throws IOException {
        Files.writeString(dir.resolve(SERVER + ".epoch"), "");

        assertThatThrownBy(() -> new EpochFile(dir, SERVER).read())
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("Delete the file");
    }
}
