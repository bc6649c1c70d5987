package io.exitpool.core.pool;

import java.util.Set;

/** Pools of an earlier life, whose rows are in a store. */
public interface KeptPools {
    /** There is none. */
    KeptPools NONE =
            new KeptPools() {
                @Override
                public Set<String> servers() {
                    return Set.of();
                }

                @Override
                public Set<String> orphans() {
                    return Set.of();
                }

                @Override
                public void read(String server, PoolRows rows) {
                    throw new IllegalArgumentException("nothing is kept of " + server);
                }
            };

    /** Servers that have a configuration's row. */
    Set<String> servers();

    /** Servers that have rows, but none of a configuration: an impossible state of the store. */
    Set<String> orphans();

    /**
     * Reads a server's rows, in any order.
     *
     * @param server one of {@link #servers()}; asked for once, and before any of its rows is
     *     written
     */
    void read(String server, PoolRows rows);
}
