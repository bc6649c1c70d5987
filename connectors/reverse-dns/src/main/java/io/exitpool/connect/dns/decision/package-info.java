/**
 * From records to news of addresses. A grant names its addresses, a release only its slot: {@link
 * io.exitpool.connect.dns.decision.SlotBook} remembers the one for the other, and pool
 * configurations fill it after a restart.
 */
package io.exitpool.connect.dns.decision;
