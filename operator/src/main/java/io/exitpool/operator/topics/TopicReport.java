package io.exitpool.operator.topics;

import java.util.List;
import java.util.Objects;

/**
 * What became of each topic.
 *
 * @param created topics that did not exist and do now
 * @param missing topics that do not exist, when nothing was to be created
 * @param verified topics that existed
 * @param altered differences that were there and are no more
 * @param differences what is not as it should be
 */
public record TopicReport(
        List<String> created,
        List<String> missing,
        List<String> verified,
        List<Difference> altered,
        List<Difference> differences) {

    /**
     * A setting of a topic that exists and is not as it should be.
     *
     * @param advice what to do about it
     */
    public record Difference(
            String topic, String setting, String is, String should, String advice) {

        public Difference {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(setting, "setting");
        }

        @Override
        public String toString() {
            return topic + ": " + setting + " is " + is + ", should be " + should;
        }
    }

    public TopicReport {
        created = List.copyOf(created);
        missing = List.copyOf(missing);
        verified = List.copyOf(verified);
        altered = List.copyOf(altered);
        differences = List.copyOf(differences);
    }

    /** Whether every topic exists and is as it should be. */
    public boolean asDefined() {
        return missing.isEmpty() && differences.isEmpty();
    }
}
