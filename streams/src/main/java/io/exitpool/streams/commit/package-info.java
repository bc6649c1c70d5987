/**
 * When decisions are committed: as soon as nothing more waits to be decided, so that one commit is
 * shared by as many as came while the one before it was under way.
 */
package io.exitpool.streams.commit;
