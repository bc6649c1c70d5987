package io.exitpool.bench.latency;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What each Java machine used of one core while the load was measured: 1 is a core. On a small
 * machine latency at a high rate is a matter of who gets them.
 *
 * @param others everything else on this machine: far from 0, and the figures beside it are not ours
 *     alone
 */
record Cpu(double broker, double app, double load, double others) {

    /** Of stretches of the same length. */
    static Cpu mean(List<Cpu> stretches) {
        return new Cpu(
                mean(stretches, Cpu::broker),
                mean(stretches, Cpu::app),
                mean(stretches, Cpu::load),
                mean(stretches, Cpu::others));
    }

    private static double mean(List<Cpu> stretches, ToDoubleFunction<Cpu> figure) {
        return stretches.stream().mapToDouble(figure).average().orElse(0);
    }
}
