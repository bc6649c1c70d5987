/** What a pool answers: the output of a pool, and every word that others read. */
package io.exitpool.core.decision;
