package io.exitpool.schemas.wire;

/** The header of every value: a magic byte, then the schema's id, big-endian. */
final class WireFormat {

    static final byte MAGIC_BYTE = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    static int schemaId(byte[] bytes, int offset) {
        return (bytes[offset + 1] & 0xff) << 24
                | (bytes[offset + 2] & 0xff) << 16
                | (bytes[offset + 3] & 0xff) << 8
                | bytes[offset + 4] & 0xff;
    }
}
