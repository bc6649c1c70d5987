/**
 * Rows of a table from Exitpool's nested statistics and alerts: {@link
 * io.exitpool.connect.rows.StatisticsRow} looks up what kind of record it has ({@code RecordKind}),
 * and how its fields become columns ({@code RowLayout}, {@code Column}).
 *
 * <p>Connect's own transformations do not reach that far: {@code Flatten} leaves lists and names as
 * they are, and none puts a record's key into its value, where a sink wants the columns of a
 * primary key that is made of both.
 */
package io.exitpool.connect.rows;
