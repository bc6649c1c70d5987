package io.exitpool.schemas.body;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where a record is written, by Avro's encoder or field by field: what is put is in Avro's binary
 * encoding. Grows with the largest record, but keeps no more than 1 MiB for good. For one thread.
 */
public final class RecordBuffer extends OutputStream {

    private static final int INITIAL_BYTES = 512;
    private static final int KEPT_BYTES = 1 << 20;
    private static final int MOST_BYTES_OF_A_NUMBER = 10;
    private static final int CONTINUED = 0x80;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    /** Starts a record. */
    public void begin() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
        length = 0;
    }

    /** Starts a record with what goes before its fields. */
    public void begin(byte[] header) {
        begin();
        write(header);
    }

    /** The record, a copy. */
    public byte[] record() {
        return Arrays.copyOf(bytes, length);
    }

    /** An int, a long, or the index of an enum's symbol or of a union's branch. */
    public void putNumber(long number) {
        makeRoom(MOST_BYTES_OF_A_NUMBER);
        long rest = number << 1 ^ number >> Long.SIZE - 1;
        while (rest < 0 || rest >= CONTINUED) {
            bytes[length++] = (byte) (rest | CONTINUED);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A union of null, which comes first, and a number. */
    public void putOptional(OptionalLong number) {
        putNumber(number.isPresent() ? 1 : 0);
        if (number.isPresent()) {
            putNumber(number.getAsLong());
        }
    }

    public void putBoolean(boolean value) {
        write(value ? 1 : 0);
    }

    /** Four bytes of a fixed, the highest first. */
    public void putFixed(int part) {
        makeRoom(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (part >>> shift);
        }
    }

    /** Eight bytes of a fixed, the highest first. */
    public void putFixed(long part) {
        putFixed((int) (part >>> Integer.SIZE));
        putFixed((int) part);
    }

    @Override
    public void write(int b) {
        makeRoom(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
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
