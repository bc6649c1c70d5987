package io.exitpool.bench.recovery;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.config.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.InterruptException;

/** What the group's coordinator says of the allocation's members. */
final class GroupWatch implements AutoCloseable {
    private static final String GROUP = Part.ALLOCATION.applicationId();

    private final Admin admin;

    GroupWatch(Connection connection) {
        admin = Admin.create(connection.admin());
    }

    /**
     * A thread of an instance.
     *
     * @param id another one with every life
     * @param client begins with the instance's name for itself
     * @param partitions of the session events; none while the group is not stable
     */
    record Member(String id, String client, Set<Integer> partitions) {}

    /** The members of the group; none while it does not agree. */
    List<Member> members() {
        try {
            ConsumerGroupDescription group =
                    admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
            return group.groupState() == GroupState.STABLE
                    ? group.members().stream().map(GroupWatch::member).toList()
                    : List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the group %s was not described (only the classic protocol's groups are)"
                            .formatted(GROUP),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Whether members other than these have all of the partitions. */
    boolean taken(Set<Integer> partitions, Set<String> byOthersThan) {
        Set<Integer> theirs = new HashSet<>();
        for (Member member : members()) {
            if (!byOthersThan.contains(member.id())) {
                theirs.addAll(member.partitions());
            }
        }
        return theirs.containsAll(partitions);
    }

    @Override
    public void close() {
        admin.close();
    }

    private static Member member(MemberDescription described) {
        return new Member(
                described.consumerId(),
                described.clientId(),
                described.assignment().topicPartitions().stream()
                        .filter(partition -> partition.topic().equals(Topics.SESSION_EVENTS.name()))
                        .map(partition -> partition.partition())
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
