package io.exitpool.agent.wireguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private static final String HEADER = "### t=0.000 epoch=1795345261.856\n";

    @Test
    void shouldReadTheWholeCapture() {
        List<Observation> timeline = CapturedData.timeline();

        assertThat(timeline).hasSize(521);
        assertThat(timeline.get(0).atMillis()).isEqualTo(1_795_345_261_856L);
        assertThat(timeline.get(520).atMillis() - timeline.get(0).atMillis())
                .isBetween(519_000L, 521_000L);
        assertThat(timeline.stream().filter(o -> o.dump().isEmpty())).hasSize(1);
        assertThat(timeline.get(331).dump()).isEmpty();
        assertThat(timeline.get(520).dump().orElseThrow().size()).isEqualTo(5);
    }

    @Test
    void shouldReadPlainDumpsDividedByAnyHeaderAsASecondApart() throws IOException {
        String dumps =
                "### connected\n"
                        + CapturedData.text("snap/02-connected.dump")
                        + "### a second later\n"
                        + CapturedData.text("snap/02-connected.dump")
                        + "### the last\n"
                        + CapturedData.text("snap/13-end.dump");

        List<Observation> read = Capture.read(new StringReader(dumps));

        long first = read.get(0).atMillis();
        assertThat(first).isEqualTo(read.get(0).dump().orElseThrow().newestHandshake() * 1000);
        assertThat(read.get(1).atMillis()).isEqualTo(first + 1000);
        assertThat(read.get(2).atMillis())
                .isEqualTo(read.get(2).dump().orElseThrow().newestHandshake() * 1000);
    }

    @Test
    void shouldReadASingleDumpWithoutAHeader() throws IOException {
        try (Stream<Path> files = Files.list(CapturedData.TIMELINE.resolveSibling("snap"))) {
            for (Path file : files.toList()) {
                List<Observation> read = Capture.read(Files.newBufferedReader(file));

                assertThat(read).hasSize(1);
                assertThat(read.get(0).dump().orElseThrow().size()).isBetween(4, 5);
            }
        }
    }

    @Test
    void shouldReadLinesThatEndAsOnWindows() throws IOException {
        String text = HEADER + String.join("\r\n", new DumpLines().peer('a', 1, 2, 3).lines());

        assertThat(Capture.read(new StringReader(text)).get(0).dump().orElseThrow().peers())
                .containsExactly(new PeerLine(DumpLines.key('a'), 1, 2, 3));
    }

    @Test
    void shouldNameTheLineThatIsNoDump() {
        String secret = DumpLines.key('a');
        List<String> lines = new ArrayList<>(new DumpLines().peer('a', 1, 2, 3).lines());
        lines.set(1, lines.get(1).replace("\t2\t", "\t-2\t"));

        assertThatThrownBy(() -> read(HEADER + String.join("\n", lines)))
                .isInstanceOf(DumpFormatException.class)
                .hasMessage("line 3: the bytes received is no number")
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> read(HEADER + lines.get(0) + "\nx\ty\n"))
                .hasMessage("line 3: expected a peer's 8 fields separated by tabs, found 2");
        assertThatThrownBy(() -> read("wg0\t" + lines.get(0)))
                .hasMessageContaining("line 1: ")
                .hasMessageContaining("wg show INTERFACE dump");
        assertThatThrownBy(() -> read("")).hasMessageContaining("without a dump");
        assertThatThrownBy(() -> read(HEADER)).hasMessageContaining("without a dump");
    }

    @Test
    void shouldRefuseAPeerListedTwice() {
        List<String> lines = new DumpLines().peer('a', 1, 2, 3).peer('a', 1, 2, 3).lines();

        assertThatThrownBy(() -> Dump.parse(lines)).hasMessage("line 3: the peer is listed twice");
    }

    @Test
    void shouldReadOrRefuseWhateverItIsGivenAndNeverRepeatIt() {
        String property = System.getProperty("seed", "");
        long seed = property.isEmpty() ? new Random().nextLong() : Long.parseLong(property);
        System.out.println(
                "seed: mvn -pl connectors/agent -am test -Dtest=CaptureTest -Dseed=" + seed);
        Random random = new Random(seed);
        String capture = CapturedData.text("timeline.txt").substring(0, 12_000);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            String mutated = mutated(capture, random);
            try {
                SessionDetector detector = new SessionDetector(DetectorSettings.DEFAULT);
                read(mutated).forEach(detector::observe);
            } catch (DumpFormatException e) {
                refused++;
                CapturedData.clients()
                        .forEach(c -> assertThat(e.getMessage()).doesNotContain(c.publicKey()));
            }
        }
        assertThat(refused).isPositive().isLessThan(5_000);
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        int from = random.nextInt(mutated.length() - 2_000);
        mutated.delete(0, from);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length() - 100);
            switch (random.nextInt(5)) {
                case 0 -> mutated.setCharAt(at, (char) random.nextInt(0x250));
                case 1 -> mutated.delete(at, at + random.nextInt(90));
                case 2 -> mutated.insert(at, mutated.substring(at, at + random.nextInt(90)));
                case 3 -> mutated.setCharAt(at, "\t\n#0".charAt(random.nextInt(4)));
                default -> mutated.setLength(mutated.length() - random.nextInt(90));
            }
        }
        int lineStart = mutated.indexOf("###");
        return random.nextBoolean() && lineStart >= 0
                ? mutated.substring(lineStart)
                : mutated.toString();
    }

    private static List<Observation> read(String text) {
        try {
            return Capture.read(new StringReader(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
