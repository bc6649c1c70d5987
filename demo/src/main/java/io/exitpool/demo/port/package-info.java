/** Ports on the loopback interface for the servers that the demo starts. */
package io.exitpool.demo.port;
