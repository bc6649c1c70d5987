/** What the same work costs without Exitpool: applications that decide nothing. */
package io.exitpool.bench.floor;
