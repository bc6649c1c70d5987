/** Decisions as they come, for an operator's eyes. */
package io.exitpool.operator.watch;
