/** What an exit server's agent reports: the input of a pool. */
package io.exitpool.core.event;
