/**
 * The topics: their names, the type of their values, the partition of a server, and how they are
 * created ({@code topics.yaml}).
 */
package io.exitpool.schemas.topic;
