package io.exitpool.bench.core;

import io.exitpool.bench.report.Median;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The samples of every point, in the order in which they were measured first. */
final class Measured {
    /** The decisions that an event is answered with. */
    private static final Map<String, List<String>> DECISIONS =
            Map.of(
                    "pair", List.of("granted", "released"),
                    "plainPair", List.of("granted", "released"),
                    "start", List.of("granted"),
                    "end", List.of("released"),
                    "dry", List.of("rejected"),
                    "duplicate", List.of());

    private final Map<Point, List<Sample>> samples = new LinkedHashMap<>();

    void add(Point point, Sample sample) {
        samples.computeIfAbsent(point, p -> new ArrayList<>()).add(sample);
    }

    /** All that is a pool's. */
    List<Point> ofPools() {
        return samples.keySet().stream().filter(point -> point.slots().isPresent()).toList();
    }

    /** All that has a name in the subject, and is nobody's pool. */
    List<Point> of(Subject subject) {
        return samples.keySet().stream()
                .filter(point -> point.slots().isEmpty() && subject.has(point.method()))
                .toList();
    }

    boolean has(Point point) {
        return samples.containsKey(point);
    }

    List<Sample> samples(Point point) {
        return samples.get(point);
    }

    double nanos(Point point) {
        return median(point, Sample::nanos);
    }

    double bytes(Point point) {
        return median(point, Sample::bytes);
    }

    Optional<Double> cpuNanos(Point point) {
        List<Double> measured =
                samples.get(point).stream()
                        .map(Sample::cpuNanos)
                        .filter(OptionalDouble::isPresent)
                        .map(OptionalDouble::getAsDouble)
                        .toList();
        return measured.isEmpty() ? Optional.empty() : Optional.of(Median.of(measured));
    }

    /** The bytes of an event beyond those of the decisions that it is answered with. */
    double garbage(Point point) {
        double decisions = 0;
        for (String decision : DECISIONS.get(point.method())) {
            decisions += bytes(Point.of(decision));
        }
        return bytes(point) - decisions;
    }

    private double median(Point point, ToDoubleFunction<Sample> of) {
        return Median.of(samples.get(point).stream().mapToDouble(of).toArray());
    }
}
