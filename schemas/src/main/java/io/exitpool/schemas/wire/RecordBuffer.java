package io.exitpool.schemas.wire;

import java.io.OutputStream;
import java.util.Arrays;

/** Where a record is written: grows with the largest one, but keeps no more than 1 MiB for good. */
final class RecordBuffer extends OutputStream {

    private static final int INITIAL_BYTES = 512;
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    /** Starts a record with its magic byte and schema id. */
    void begin(int schemaId) {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
        bytes[0] = WireFormat.MAGIC_BYTE;
        bytes[1] = (byte) (schemaId >>> 24);
        bytes[2] = (byte) (schemaId >>> 16);
        bytes[3] = (byte) (schemaId >>> 8);
        bytes[4] = (byte) schemaId;
        length = WireFormat.HEADER_BYTES;
    }

    /** The record, a copy. */
    byte[] record() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void write(int b) {
        makeRoom(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        makeRoom(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    private void makeRoom(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, count)));
        }
    }
}
