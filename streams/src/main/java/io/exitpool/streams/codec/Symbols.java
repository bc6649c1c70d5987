package io.exitpool.streams.codec;

import java.util.Arrays;

/** Our enums and those of schemas: symbols are the same that have the same name. */
final class Symbols {
    private Symbols() {}

    /** The index of each of ours in the schema, which has them all. */
    static <W extends Enum<W>> int[] indexes(Enum<?>[] ours, Class<W> written) {
        return Arrays.stream(ours)
                .mapToInt(one -> Enum.valueOf(written, one.name()).ordinal())
                .toArray();
    }

    /** What each of the schema's is with us; null where it is nothing. */
    static <S extends Enum<S>> S[] meanings(Enum<?>[] written, S[] ours) {
        S[] meanings = Arrays.copyOf(ours, written.length);
        Arrays.setAll(meanings, n -> named(written[n].name(), ours));
        return meanings;
    }

    private static <S extends Enum<S>> S named(String name, S[] ours) {
        return Arrays.stream(ours).filter(one -> one.name().equals(name)).findFirst().orElse(null);
    }
}
