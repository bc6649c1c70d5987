/** Tests of the whole on a real broker. */
package io.exitpool.it;
