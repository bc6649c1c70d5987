package io.exitpool.streams.codec;

import io.exitpool.core.pool.Targets;
import io.exitpool.core.stats.Histogram;
import io.exitpool.core.stats.Window;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Draws any of the records that statistics and alerts keep, component by component, whatever those
 * are: a component that is added is drawn, too. No two numbers of a draw are alike.
 */
final class RecordDraw {
    private final Random random;
    private final boolean full;
    private long number;

    /**
     * @param full nothing is left out that may be there
     */
    RecordDraw(long seed, boolean full) {
        random = new Random(seed);
        this.full = full;
    }

    <T> T one(Class<T> type) {
        return type.cast(of(type));
    }

    private Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> its = (Class<?>) type;
        if (its == long.class || its == Long.class) {
            return next();
        } else if (its == int.class || its == Integer.class) {
            return (int) next();
        } else if (its == double.class) {
            return next() + 0.5;
        } else if (its == boolean.class) {
            return full || random.nextBoolean();
        } else if (its == String.class) {
            return "text \u00fc\u2713 " + next();
        } else if (its == OptionalLong.class) {
            return there() ? OptionalLong.of(next()) : OptionalLong.empty();
        } else if (its == Histogram.class) {
            int index = random.nextInt(500);
            return Histogram.of(new int[] {index, index + 3}, new long[] {next(), next()});
        } else if (its == Window.class) {
            return Window.of(next() * 60_000, 60_000);
        } else if (its == Targets.class) {
            return new Targets(0.25, Optional.of("se" + next()), Optional.of("sto" + next()));
        } else if (its.isEnum()) {
            return its.getEnumConstants()[random.nextInt(its.getEnumConstants().length)];
        } else if (its.isArray()) {
            return array(its.getComponentType());
        } else if (its.isSealed()) {
            Class<?>[] variants = its.getPermittedSubclasses();
            return of(variants[random.nextInt(variants.length)]);
        }
        return record(its);
    }

    private Object generic(Class<?> raw, Type[] of) {
        if (raw == Optional.class) {
            // What is kept of a status has no slot map.
            return of[0] != byte[].class && there() ? Optional.of(of(of[0])) : Optional.empty();
        } else if (raw == List.class) {
            List<Object> all = new ArrayList<>();
            for (int n = full ? 2 : random.nextInt(3); n > 0; n--) {
                all.add(of(of[0]));
            }
            return List.copyOf(all);
        } else if (raw == Map.class) {
            return counts((Class<?>) of[0]);
        }
        throw new IllegalStateException("draw a " + raw);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object counts(Class<?> of) {
        EnumMap all = new EnumMap(of);
        for (Object constant : of.getEnumConstants()) {
            all.put((Enum) constant, next());
        }
        return all;
    }

    private Object array(Class<?> of) {
        Object all = Array.newInstance(of, full ? 3 : random.nextInt(4));
        for (int n = 0; n < Array.getLength(all); n++) {
            Array.set(all, n, of(of));
        }
        return all;
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int n = 0; n < components.length; n++) {
            types[n] = components[n].getType();
            values[n] = of(components[n].getGenericType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot draw a " + type, e);
        }
    }

    private boolean there() {
        return full || random.nextInt(3) > 0;
    }

    private long next() {
        number += 1 + random.nextInt(1_000);
        return number;
    }
}
