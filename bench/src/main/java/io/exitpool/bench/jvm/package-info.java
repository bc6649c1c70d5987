/** Java machines that a benchmark starts beside itself, so that nobody's heap is another's load. */
package io.exitpool.bench.jvm;
