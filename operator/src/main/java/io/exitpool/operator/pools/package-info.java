/**
 * The exit servers' pools as an operator handles them: configurations in {@code exit-pool-configs},
 * and what {@code exit-pool-status} says of them.
 *
 * <p>The way of {@code pools apply}: {@link io.exitpool.operator.pools.PoolsFile} reads the file
 * (PoolsFileReader, SlotListReader) and judges it (PoolsFileChecks, Limits); ConfigStore reads the
 * fleet's state from the log (StoredPool, FleetState); Planner compares the two (SlotAssignment
 * gives ids, Occupancy tells which address is free); ConfigWriter writes what the plan says; and
 * Confirmation follows the statuses until the allocation has taken it up. Planner, SlotAssignment
 * and Occupancy are pure.
 *
 * <p>Two things hold it together. Every record carries a note in a header (FormerNote) of the slots
 * that left and may still be in use, because the topic is compacted and a status names them by id
 * only. And all commands that write share one transactional id (ConfigWriter), so that what one
 * writes always follows from what it read: of two at the same moment one is told to run again.
 *
 * <p>The file:
 *
 * <pre>{@code
 * defaults:                    # all optional; what is shown is what holds without them
 *   cap: 1                     # sessions of one slot, 1 to 1024
 *   min-rest: 10m              # 0s to 24h
 *   placement: uniform-random  # or longest-rested, least-loaded
 *   ladder: none               # or {shorten-rest-to: 1m, share-up-to: 2}, each optional
 *   max-resting-share: 100%    # or 1
 *   lease-ttl: 5m              # 60s to 24h
 *   target-blocking: 0.1%      # or 0.001
 * servers:
 *   se-sto-wg-208:             # overrides any default; a ladder replaces the defaults' whole
 *     cap: 4
 *     v4:
 *       - 192.0.2.0/28         # .1 to .14
 *       - {prefix: 192.0.2.16/28, whole: true}
 *       - 192.0.2.40-192.0.2.49
 *       - 192.0.2.60
 *   de-fra-wg-103:             # v4 and v6 pair up in order
 *     country: de
 *     v4: [198.51.100.1-198.51.100.30]
 *     v6: [{prefix: "2001:db8::/64", count: 30}]
 *   fi-hel-wg-201:             # slots one by one, or in rows when the addresses are ranges
 *     slots:
 *       - {v4: 203.0.113.1, v6: "2001:db8:1::1"}
 *       - {id: 7, v4: 203.0.113.8-203.0.113.9}
 * }</pre>
 */
package io.exitpool.operator.pools;
