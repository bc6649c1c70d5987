/**
 * What every topology does with bad input: {@link io.exitpool.streams.input.ServerKey} says whose a
 * record is, and what cannot be read or believed becomes a {@link
 * io.exitpool.streams.input.DeadLetter}.
 */
package io.exitpool.streams.input;
