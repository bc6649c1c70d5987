package io.exitpool.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells how a run goes, line by line with the time since it began. */
final class Progress {

    private final PrintWriter err;
    private final long startNanos = System.nanoTime();

    Progress(PrintWriter err) {
        this.err = err;
    }

    /** A step is done. */
    void step(String line) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        say(String.format(Locale.ROOT, "%5.1f s  %s", seconds, line));
    }

    void say(String line) {
        err.println(line);
        err.flush();
    }
}
