/** What is measured, each in a Java machine of its own: the broker with its registry, Exitpool. */
package io.exitpool.bench.stack;
