package io.exitpool.demo.insight;

import io.exitpool.schemas.PoolStats;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** The share of first attempts that found no address, over the last five windows of a minute. */
final class Rejections {

    private static final int WINDOWS = 5;

    private record Window(long starts, long rejected) {}

    private final Deque<Window> windows = new ArrayDeque<>();

    void add(PoolStats minute) {
        windows.add(new Window(minute.getStarts(), minute.getRejections().getExhaustedFirst()));
        if (windows.size() > WINDOWS) {
            windows.remove();
        }
    }

    /** None if nobody asked. */
    OptionalDouble ratio() {
        long starts = windows.stream().mapToLong(Window::starts).sum();
        long rejected = windows.stream().mapToLong(Window::rejected).sum();
        return starts == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) rejected / starts);
    }
}
