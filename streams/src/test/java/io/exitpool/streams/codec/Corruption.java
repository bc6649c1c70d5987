package io.exitpool.streams.codec;

import java.util.Arrays;
import java.util.Random;

/** Damage to a record behind its schema's id. */
final class Corruption {
    private static final int HEADER_BYTES = 5;

    private Corruption() {}

    /** A copy with a byte changed, bytes lost or bytes added. */
    static byte[] of(byte[] record, Random random) {
        int at = HEADER_BYTES + random.nextInt(record.length - HEADER_BYTES);
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(record, at);
            }
            case 1 -> {
                return Arrays.copyOf(record, record.length + 1 + random.nextInt(3));
            }
            default -> {
                byte[] changed = record.clone();
                changed[at] = (byte) random.nextInt();
                return changed;
            }
        }
    }
}
