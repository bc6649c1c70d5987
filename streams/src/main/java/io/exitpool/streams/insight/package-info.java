/**
 * The insight: a topology of two stages. {@link io.exitpool.streams.insight.InsightTopology} is the
 * table of contents; the first stage folds each server's decisions and statuses into windows and
 * alerts' signals, by partition; the second, on one partition, merges servers into groups and
 * decides which alerts are told.
 */
package io.exitpool.streams.insight;
