package io.exitpool.streams.input;

import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.streams.codec.ServerName;
import io.exitpool.streams.input.DeadLetter.Reason;

/** Whose a record is: a key that is a server's name, on that server's partition. */
public final class ServerKey {

    private ServerKey() {}

    /**
     * The server's name.
     *
     * @param partitions of every topic that is keyed by server
     * @throws BadRecordException when it is no name, or belongs on another partition
     */
    public static String read(byte[] key, int partition, int partitions) throws BadRecordException {
        if (key == null) {
            throw new BadRecordException(Reason.NO_KEY, "a record without a key");
        }
        String server =
                ServerName.decode(key)
                        .orElseThrow(
                                () ->
                                        new BadRecordException(
                                                Reason.BAD_KEY,
                                                "a key that is no server's name: 1 to 63 of a-z,"
                                                        + " 0-9 and -"));
        int its = ServerPartition.of(key, partitions);
        if (its != partition) {
            throw new BadRecordException(
                    Reason.WRONG_PARTITION,
                    "partition %d, but the key's is %d of %d (murmur2)"
                            .formatted(partition, its, partitions));
        }
        return server;
    }
}
