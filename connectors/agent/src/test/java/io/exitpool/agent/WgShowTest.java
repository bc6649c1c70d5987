package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.agent.wireguard.CapturedData;
import io.exitpool.agent.wireguard.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, with a script in the place of wg. */
@Timeout(30)
class WgShowTest {
    private static final Duration OFTEN = Duration.ofMillis(10);

    @TempDir private Path dir;

    @Test
    void shouldLookAtTheInterfaceAgainAndAgain() throws IOException {
        Path dump = CapturedData.TIMELINE.resolveSibling("snap/02-connected.dump").toAbsolutePath();
        String wg = program("test \"$*\" = 'show wg0 dump' && cat " + dump);

        try (WgShow show = WgShow.start(wg, "wg0", OFTEN)) {
            Observation first = next(show);
            Observation second = next(show);

            assertThat(first.dump().orElseThrow().size()).isEqualTo(5);
            assertThat(second.dump().orElseThrow().size()).isEqualTo(5);
            assertThat(second.atMillis()).isGreaterThanOrEqualTo(first.atMillis());
        }
    }

    @Test
    void shouldTakeAFailureOrNonsenseForADaemonThatIsDown() throws IOException {
        try (WgShow fails = WgShow.start(program("exit 1"), "wg0", OFTEN);
                WgShow lies = WgShow.start(program("echo hello"), "wg0", OFTEN)) {
            assertThat(next(fails).dump()).isEmpty();
            assertThat(next(lies).dump()).isEmpty();
        }
    }

    @Test
    void shouldKeepOnlyTheNewestLooks() throws IOException {
        Path count = dir.resolve("count");
        String wg = program("echo >> " + count + "; exit 1");

        try (WgShow show = WgShow.start(wg, "wg0", Duration.ofMillis(1))) {
            while (Files.size(count) < 10) {
                Thread.onSpinWait();
            }
            int kept = 0;
            while (show.next().isPresent()) {
                kept++;
            }
            assertThat(kept).isBetween(1, 6);
        }
    }

    @Test
    void shouldSayThatTheProgramOrInterfaceCannotBe() {
        assertThatThrownBy(() -> WgShow.start(dir + "/absent", "wg0", OFTEN))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("wireguard-tools");
        assertThatThrownBy(() -> WgShow.start("wg", "wg0; reboot", OFTEN))
                .isInstanceOf(AgentException.class);
    }

    private String program(String script) throws IOException {
        Path program = Files.createTempFile(dir, "wg", "");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    private static Observation next(WgShow show) {
        Optional<Observation> next = show.next();
        while (next.isEmpty()) {
            Thread.onSpinWait();
            next = show.next();
        }
        return next.get();
    }
}
