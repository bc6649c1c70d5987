/** Registers the topics' schemas, and holds them against those that the registry has. */
package io.exitpool.operator.schema;
