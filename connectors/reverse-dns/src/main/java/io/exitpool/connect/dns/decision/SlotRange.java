package io.exitpool.connect.dns.decision;

import io.exitpool.connect.dns.name.InetAddresses;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Consecutive slots with consecutive addresses, as a pool's configuration has them.
 *
 * @param firstId id of the first slot
 * @param count how many
 * @param firstAddresses of the first slot, one of each family that it has
 */
public record SlotRange(int firstId, int count, List<InetAddress> firstAddresses) {

    public SlotRange {
        firstAddresses = List.copyOf(firstAddresses);
    }

    static SlotRange of(int firstId, int count, Optional<byte[]> v4, Optional<byte[]> v6) {
        return new SlotRange(
                firstId,
                count,
                Stream.of(v4, v6).flatMap(Optional::stream).map(InetAddresses::of).toList());
    }

    /** Whether the slot is one of these. */
    public boolean contains(int slot) {
        return slot >= firstId && slot - firstId < count;
    }

    /** The addresses of a slot that is one of these. */
    public List<InetAddress> addressesOf(int slot) {
        return firstAddresses.stream().map(first -> plus(first, slot - firstId)).toList();
    }

    private static InetAddress plus(InetAddress first, int steps) {
        byte[] bytes = first.getAddress();
        byte[] sum = new BigInteger(1, bytes).add(BigInteger.valueOf(steps)).toByteArray();
        byte[] address = new byte[bytes.length];
        int length = Math.min(sum.length, bytes.length);
        System.arraycopy(sum, sum.length - length, address, bytes.length - length, length);
        return InetAddresses.of(address);
    }
}
