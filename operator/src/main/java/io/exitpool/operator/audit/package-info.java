/**
 * Whether the pools kept their promises, judged from the topics alone. {@link
 * io.exitpool.operator.audit.Audit} takes records of the events, configurations and decisions in
 * any interleaving and gives an {@link io.exitpool.operator.audit.AuditReport}; it shares no code
 * with the allocation, so that a mistake there is not made here again.
 *
 * <p>The way of a record: {@code PartitionAudit} holds a decision back until the event that it
 * answers and the configuration that it names were read, and judges the decisions of a partition in
 * their order. What an event obliges the allocation to decide is a {@code Duty}; what the decisions
 * so far add up to are the {@code PoolBooks} of a server; the rules hold one decision against both.
 */
package io.exitpool.operator.audit;
