package io.exitpool.streams.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.streams.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SecureDrawsTest {
    private static final int BLOCK_BYTES = 4_096;

    private final Random random = new Random(Seed.of(SecureDrawsTest.class));

    @Test
    void shouldGiveEachByteOnceAndOverwriteIt() {
        // given
        List<byte[]> blocks = new ArrayList<>();
        ByteBuffer drawn = ByteBuffer.allocate(2 * BLOCK_BYTES);
        SecureDraws draws =
                new SecureDraws(
                        block -> {
                            random.nextBytes(block);
                            drawn.put(block);
                            blocks.add(block);
                        });
        drawn.mark();
        // when
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < 2 * BLOCK_BYTES / Integer.BYTES; n++) {
            numbers.add(draws.nextInt());
        }
        // then
        assertThat(blocks).hasSize(2);
        drawn.flip();
        assertThat(numbers).allSatisfy(number -> assertThat(number).isEqualTo(drawn.getInt()));
        assertThat(blocks.get(1)).containsOnly(0);
    }

    @Test
    void shouldDrawEachNumberBelowABoundAlike() {
        for (int bound : new int[] {1, 2, 3, 5, 7, 91, 1_000, 1_024, 1_025, 3_000}) {
            // given
            SecureDraws draws = new SecureDraws(random::nextBytes);
            int[] counts = new int[bound];
            int expected = 200;
            // when
            for (int n = 0; n < expected * bound; n++) {
                counts[draws.nextInt(bound)]++;
            }
            // then chi squared is within six standard deviations of its mean
            double chi = 0;
            for (int count : counts) {
                chi += Math.pow(count - expected, 2) / expected;
            }
            assertThat(chi)
                    .as("bound %d", bound)
                    .isBetween(
                            bound - 1 - 6 * Math.sqrt(2.0 * bound),
                            bound - 1 + 6 * Math.sqrt(2.0 * bound) + 10);
        }
    }

    @Test
    void shouldDrawAgainWhatWouldFavourSomeNumbers() {
        // given 65,536 = 3 * 21,845 + 1: one of the 16-bit numbers is one too many
        SecureDraws draws =
                new SecureDraws(block -> ByteBuffer.wrap(block).putShort(2, (short) -1));
        // when, then 0 is drawn again, and 65,535 is in the last third
        assertThat(draws.nextInt(3)).isEqualTo(2);
    }

    @Test
    void shouldReachTheLargestBound() {
        SecureDraws draws = new SecureDraws(random::nextBytes);
        for (int n = 0; n < 10_000; n++) {
            assertThat(draws.nextInt(Integer.MAX_VALUE)).isBetween(0, Integer.MAX_VALUE - 1);
        }
    }

    @Test
    void shouldRefuseABoundBelowOne() {
        SecureDraws draws = new SecureDraws(random::nextBytes);
        assertThatThrownBy(() -> draws.nextInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound must be above 0, not 0");
    }

    @Test
    void shouldNeverGiveTheSameTwiceInTheProduct() {
        // given two tasks
        RandomGenerator one = AllocationParts.SECURE_RANDOM.get();
        RandomGenerator other = AllocationParts.SECURE_RANDOM.get();
        Set<Long> drawn = new HashSet<>();
        // when, then
        for (int n = 0; n < 10_000; n++) {
            assertThat(drawn.add(one.nextLong())).isTrue();
            assertThat(drawn.add(other.nextLong())).isTrue();
        }
    }
}
