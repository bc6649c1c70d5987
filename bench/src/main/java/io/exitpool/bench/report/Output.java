package io.exitpool.bench.report;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a benchmark talks to: text for people on standard output; or, with {@code --json}, one
 * object there and the text on standard error.
 */
public final class Output {
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter text;
    private final Map<String, Object> head = new LinkedHashMap<>();

    public Output(boolean json, PrintWriter out, PrintWriter err) {
        this.json = json;
        this.out = out;
        this.text = json ? err : out;
    }

    /** The machine and the command, before anything else. */
    public void begin(Machine machine, String commandLine) {
        head.put("command", commandLine);
        head.put("machine", machine);
        say(commandLine);
        say(machine.toString());
    }

    /** A line or more for people, at once. */
    public void say(String lines) {
        text.println(lines);
        text.flush();
    }

    /** The end: what programs are told, after the command and the machine. */
    public void end(Map<String, ?> report) {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>(head);
            all.putAll(report);
            out.println(Json.of(all));
            out.flush();
        }
    }
}
