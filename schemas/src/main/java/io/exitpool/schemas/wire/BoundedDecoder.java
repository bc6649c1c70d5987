package io.exitpool.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding from an array and believes no length that the array cannot hold.
 * Avro's own decoder allocates what a length or a count says before it looks for the bytes, so that
 * eight bytes of nonsense would take gigabytes of memory and the program with them. It is reused
 * from record to record, by one thread.
 */
public final class BoundedDecoder extends Decoder {

    private byte[] bytes = {};
    private int at;
    private int end;
    private long itemsLeft;

    /** Starts a body. No array in it has more items than the body has bytes. */
    public void begin(byte[] source, int offset, int length) {
        bytes = source;
        at = offset;
        end = offset + length;
        itemsLeft = length;
    }

    /** Lets go of the body and says how many bytes were left of it. */
    public int finish() {
        int left = end - at;
        bytes = new byte[0];
        at = 0;
        end = 0;
        return left;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        int value = next();
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("a boolean of " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if ((int) value != value) {
            throw new AvroRuntimeException("an int of " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        int b = next();
        long value = b & 0x7f;
        for (int shift = 7; (b & 0x80) != 0; shift += 7) {
            if (shift > 63) {
                throw new AvroRuntimeException("a number of more than 10 bytes");
            }
            b = next();
            value |= (long) (b & 0x7f) << shift;
        }
        return value >>> 1 ^ -(value & 1);
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        int length = length();
        Utf8 string = old == null ? new Utf8() : old;
        string.setByteLength(length);
        readFixed(string.getBytes(), 0, length);
        return string;
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        String string = new String(bytes, at, length, UTF_8);
        at += length;
        return string;
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        byte[] value = new byte[length()];
        readFixed(value, 0, value.length);
        return ByteBuffer.wrap(value);
    }

    @Override
    public void skipBytes() throws IOException {
        skipFixed(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        need(length);
        System.arraycopy(bytes, at, target, start, length);
        at += length;
    }

    @Override
    public void skipFixed(int length) throws IOException {
        need(length);
        at += length;
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        long count = readLong();
        if (count < 0) {
            // A negative count is followed by the block's size in bytes, for those who skip it.
            readLong();
            count = -count;
        }
        return bounded(count);
    }

    @Override
    public long arrayNext() throws IOException {
        return readArrayStart();
    }

    @Override
    public long skipArray() throws IOException {
        long count = readLong();
        while (count < 0) {
            skipFixed(length());
            count = readLong();
        }
        return bounded(count);
    }

    @Override
    public long readMapStart() throws IOException {
        return readArrayStart();
    }

    @Override
    public long mapNext() throws IOException {
        return readArrayStart();
    }

    @Override
    public long skipMap() throws IOException {
        return skipArray();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    private long bounded(long count) throws EOFException {
        // The smallest long has no negative, hence the second comparison.
        if (count > itemsLeft || count < 0) {
            throw new EOFException(count + " items in a body of fewer bytes");
        }
        itemsLeft -= count;
        return count;
    }

    private int next() throws EOFException {
        need(1);
        return bytes[at++];
    }

    /** A length of what follows: all of it is there. */
    private int length() throws IOException {
        long length = readLong();
        if (length < 0) {
            throw new AvroRuntimeException("a length of " + length);
        }
        need(length);
        return (int) length;
    }

    private void need(long count) throws EOFException {
        if (count > end - at) {
            throw new EOFException(count + " bytes needed, " + (end - at) + " left");
        }
    }

    private long littleEndian(int count) throws EOFException {
        need(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return value;
    }
}
