/** What the stores of all topologies share: their memory, and how their changelogs are kept. */
package io.exitpool.streams.store;
