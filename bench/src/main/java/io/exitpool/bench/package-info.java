/**
 * {@code ./exitpool bench}: what Exitpool costs, measured beside floors and peers in the same run.
 */
package io.exitpool.bench;
