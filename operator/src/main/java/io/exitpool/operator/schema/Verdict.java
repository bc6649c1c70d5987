package io.exitpool.operator.schema;

import java.util.List;
import java.util.function.Function;

/** How one subject's schema of this program stands to those that the registry has. */
sealed interface Verdict {

    String subject();

    /** The subject's compatibility level, as the registry names it. */
    String level();

    /** The registry has it. */
    record Registered(String subject, String level, int id, int version) implements Verdict {}

    /** The registry does not have it and would take it; {@code versions} it has of the subject. */
    record Compatible(String subject, String level, int versions) implements Verdict {}

    /** The registry would refuse it, or it cannot read what an earlier version wrote. */
    record Incompatible(String subject, String level, List<String> breaches) implements Verdict {

        public Incompatible {
            breaches = List.copyOf(breaches);
        }
    }

    /** The only way to tell them apart. */
    default <R> R match(
            Function<Registered, R> registered,
            Function<Compatible, R> compatible,
            Function<Incompatible, R> incompatible) {
        if (this instanceof Registered one) {
            return registered.apply(one);
        }
        if (this instanceof Compatible one) {
            return compatible.apply(one);
        }
        return incompatible.apply((Incompatible) this);
    }
}
