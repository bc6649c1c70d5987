package io.exitpool.agent.wireguard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of dumps, one behind the other. Before each stands a line {@code ### t=SEC epoch=SEC}; a
 * block without lines says that the daemon did not answer. Any other line that begins with {@code
 * ###} divides dumps too, and so does nothing at all before the first; such a dump was taken one
 * second after the one before, or at its newest handshake when that is later.
 */
public final class Capture {
    private static final String HEADER = "###";
    private static final Pattern EPOCH =
            Pattern.compile("(?:^|\\s)epoch=(\\d{1,12}(?:\\.\\d{1,9})?)(?:\\s|$)");
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final long STEP_MILLIS = 1000;

    private final List<Observation> observations = new ArrayList<>();
    private final List<String> block = new ArrayList<>();
    private String header = "";
    private boolean inBlock;
    private int firstLine;

    private Capture() {}

    /**
     * All observations, in the order of the file.
     *
     * @throws DumpFormatException when it is no capture, or holds no dump
     */
    public static List<Observation> read(Reader reader) throws IOException {
        Capture capture = new Capture();
        BufferedReader lines = new BufferedReader(reader);
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            capture.line(line, number);
            number++;
        }
        capture.endBlock();
        if (capture.observations.stream().allMatch(o -> o.dump().isEmpty())) {
            throw new DumpFormatException(
                    number, "the file ends without a dump; give the output of `wg show IF dump`");
        }
        return List.copyOf(capture.observations);
    }

    private void line(String line, int number) {
        if (line.startsWith(HEADER)) {
            endBlock();
            inBlock = true;
            header = line.substring(HEADER.length());
            firstLine = number + 1;
        } else if (!line.isBlank()) {
            if (!inBlock) {
                inBlock = true;
                firstLine = number;
            }
            block.add(line);
        }
    }

    private void endBlock() {
        if (!inBlock) {
            return;
        }
        if (block.isEmpty()) {
            observations.add(Observation.daemonDown(at(0)));
        } else {
            Dump dump = Dump.parse(block, firstLine);
            observations.add(Observation.of(at(dump.newestHandshake()), dump));
        }
        block.clear();
        inBlock = false;
        header = "";
    }

    private long at(long newestHandshake) {
        Matcher epoch = EPOCH.matcher(header);
        if (epoch.find()) {
            return new BigDecimal(epoch.group(1)).multiply(MILLIS).longValue();
        }
        long handshake = newestHandshake * 1000;
        return observations.isEmpty()
                ? handshake
                : Math.max(
                        handshake,
                        observations.get(observations.size() - 1).atMillis() + STEP_MILLIS);
    }
}
