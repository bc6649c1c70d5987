/**
 * Pools that are full of live leases: which servers, their configurations, and the starts that fill
 * them. What recovers, and what takes memory, is measured on such pools.
 */
package io.exitpool.bench.leases;
