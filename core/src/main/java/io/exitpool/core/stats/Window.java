package io.exitpool.core.stats;

/**
 * A tumbling window of time, aligned to its length since 1970.
 *
 * @param start milliseconds since 1970, in the window
 * @param length milliseconds
 */
public record Window(long start, long length) implements Comparable<Window> {
    public Window {
        if (length <= 0 || Math.floorMod(start, length) != 0) {
            throw new IllegalArgumentException("not aligned: " + start + ", " + length);
        }
    }

    /** The window of this length that the time is in. */
    public static Window of(long time, long length) {
        return new Window(time - Math.floorMod(time, length), length);
    }

    /** The first millisecond after it. */
    public long end() {
        return start + length;
    }

    @Override
    public int compareTo(Window other) {
        return start == other.start
                ? Long.compare(length, other.length)
                : Long.compare(start, other.start);
    }
}
