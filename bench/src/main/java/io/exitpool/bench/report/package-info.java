/** How a benchmark tells what it found: the machine, tables for people, JSON for programs. */
package io.exitpool.bench.report;
