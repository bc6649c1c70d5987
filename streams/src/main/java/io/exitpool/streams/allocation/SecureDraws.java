package io.exitpool.streams.allocation;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Numbers made of a cryptographic generator's bytes, which are drawn ahead a block at a time: to
 * ask for each number alone costs more than the rest of a decision. Every byte is given out once
 * and overwritten, so that memory does not tell which slots were drawn. For one thread.
 */
final class SecureDraws implements RandomGenerator {
    private static final int BLOCK_BYTES = 4_096;
    private static final long LOW_INT = 0xffff_ffffL;
    private static final int LOW_SHORT = 0xffff;

    /** Up to here 16 random bits are enough: at most one draw in 64 is repeated. */
    private static final int SMALL_BOUND = 1 << 10;

    private final Consumer<byte[]> source;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);

    /**
     * @param source fills an array with random bytes
     */
    SecureDraws(Consumer<byte[]> source) {
        this.source = source;
    }

    @Override
    public int nextInt() {
        int at = next(Integer.BYTES);
        int drawn = block.getInt(at);
        block.putInt(at, 0);
        return drawn;
    }

    @Override
    public long nextLong() {
        return (long) nextInt() << Integer.SIZE | nextInt() & LOW_INT;
    }

    /**
     * Each number below the bound alike: the upper half of the product of the bound and random
     * bits, where those few products are drawn again whose lower half would favour some (Lemire,
     * "Fast Random Integer Generation in an Interval", 2019). Only they cost a division.
     */
    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be above 0, not " + bound);
        }
        return bound <= SMALL_BOUND ? ofShorts(bound) : ofInts(bound);
    }

    private int ofShorts(int bound) {
        int product = nextShort() * bound;
        if ((product & LOW_SHORT) < bound) {
            int favoured = (1 << Short.SIZE) % bound;
            while ((product & LOW_SHORT) < favoured) {
                product = nextShort() * bound;
            }
        }
        return product >>> Short.SIZE;
    }

    private int ofInts(int bound) {
        long product = (nextInt() & LOW_INT) * bound;
        if ((product & LOW_INT) < bound) {
            long favoured = (1L << Integer.SIZE) % bound;
            while ((product & LOW_INT) < favoured) {
                product = (nextInt() & LOW_INT) * bound;
            }
        }
        return (int) (product >>> Integer.SIZE);
    }

    private int nextShort() {
        int at = next(Short.BYTES);
        int drawn = block.getShort(at) & LOW_SHORT;
        block.putShort(at, (short) 0);
        return drawn;
    }

    /** Where the next bytes are that nobody was given. */
    private int next(int bytes) {
        if (block.remaining() < bytes) {
            source.accept(block.array());
            block.clear();
        }
        int at = block.position();
        block.position(at + bytes);
        return at;
    }
}
