package io.exitpool.demo.live;

import java.io.PrintStream;
import java.util.List;

/** Draws lines over those that it drew before, on a terminal that understands ANSI's sequences. */
public final class Screen {

    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";

    private final PrintStream out;
    private int drawn;

    public Screen(PrintStream out) {
        this.out = out;
    }

    /** Draws them in one write, so that the terminal never shows half a picture. */
    public void draw(List<String> lines) {
        StringBuilder picture = new StringBuilder();
        if (drawn > 0) {
            picture.append(String.format(UP, drawn));
        }
        for (String line : lines) {
            picture.append('\r').append(line).append(CLEAR_TO_END_OF_LINE).append('\n');
        }
        drawn = lines.size();
        out.print(picture);
        out.flush();
    }
}
