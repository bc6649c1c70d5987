/** What all commands that speak to Kafka have in common: their options, errors and exit codes. */
package io.exitpool.operator.command;
