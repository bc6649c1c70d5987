/** The command line: which commands there are, and how their failures are told. */
package io.exitpool.cli;
