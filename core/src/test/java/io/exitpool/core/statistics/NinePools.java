package io.exitpool.core.statistics;

import io.exitpool.core.decision.Granted;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.ConfigDraft;
import io.exitpool.core.pool.PoolConfig;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The nine pools whose sizes were published with the observation that users of the old scheme can
 * be told apart: one user's slots on all of them, by that scheme or by the pools' own choice.
 */
final class NinePools {
    static final int SYD = 0;
    static final int SCL = 1;
    static final int BER = 2;
    static final int CPH = 3;
    static final int HEL = 4;
    static final int LAX = 5;
    static final int NYC = 6;
    static final int SJC = 7;
    static final int JNB = 8;
    static final int[] SIZES = {60, 11, 8, 31, 66, 91, 59, 13, 11};

    private final QuietServers servers;
    private final SplittableRandom users;
    private long time;

    /**
     * @param cap sessions that one slot carries
     * @param allocator what the pools draw from
     */
    NinePools(int cap, RandomGenerator allocator, long users) {
        PoolConfig[] configs = new PoolConfig[SIZES.length];
        for (int server = 0; server < SIZES.length; server++) {
            configs[server] =
                    ConfigDraft.slots(SIZES[server]).cap(cap).leaseTtl(QuietServers.NEVER).next();
        }
        servers = new QuietServers(allocator, configs);
        this.users = new SplittableRandom(users);
    }

    SessionId newUser() {
        return new SessionId(users.nextLong(), users.nextLong());
    }

    /** The old scheme: every server asks for slot floor(r * n), with the same r everywhere. */
    int[] startByRatio(SessionId user) {
        double ratio = users.nextDouble();
        return start(user, size -> OptionalInt.of((int) (ratio * size)));
    }

    /** The pools choose. */
    int[] startByPlacement(SessionId user) {
        return start(user, size -> OptionalInt.empty());
    }

    void end(SessionId user) {
        for (int server = 0; server < SIZES.length; server++) {
            servers.end(server, user, ++time);
        }
    }

    private int[] start(SessionId user, java.util.function.IntFunction<OptionalInt> wanted) {
        int[] slots = new int[SIZES.length];
        for (int server = 0; server < SIZES.length; server++) {
            OptionalInt wish = wanted.apply(SIZES[server]);
            slots[server] = ((Granted) servers.start(server, user, wish, ++time)).slot();
            if (wish.isPresent() && wish.getAsInt() != slots[server]) {
                throw new AssertionError("the cap is too low for the old scheme");
            }
        }
        return slots;
    }
}
