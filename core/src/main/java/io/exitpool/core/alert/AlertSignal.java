package io.exitpool.core.alert;

import java.util.Optional;

/** What one server's alerts tell the {@link AlertDesk}. */
public sealed interface AlertSignal {

    /** Who reads signals. */
    interface Cases {
        void raised(Raised raised);

        void cleared(Cleared cleared);

        void quiet(Quiet quiet);

        void heard(Heard heard);
    }

    void match(Cases cases);

    /**
     * An alert opened at the server; whether it is told is the desk's to say.
     *
     * @param episode when, in milliseconds since 1970; grows with each of the server and kind
     * @param cause as far as the pool alone knows it
     * @param surge arrivals were far above the hour's usual rate
     */
    record Raised(
            AlertKind kind,
            long episode,
            double value,
            double threshold,
            String unit,
            String summary,
            Optional<String> cause,
            String advice,
            boolean surge)
            implements AlertSignal {
        @Override
        public void match(Cases cases) {
            cases.raised(this);
        }

        /** The same with a cause that the pool alone could not know. */
        Raised because(String why) {
            return new Raised(
                    kind,
                    episode,
                    value,
                    threshold,
                    unit,
                    summary,
                    Optional.of(why),
                    advice,
                    surge);
        }
    }

    /**
     * It is over.
     *
     * @param at when, in milliseconds since 1970
     * @param peak the worst value
     */
    record Cleared(AlertKind kind, long episode, long at, double peak) implements AlertSignal {
        @Override
        public void match(Cases cases) {
            cases.cleared(this);
        }
    }

    /**
     * The agent missed a snapshot. No alert yet, but it explains the neighbours'.
     *
     * @param since when that was noticed, in milliseconds since 1970
     * @param silentMillis how long it had been silent by then
     * @param thresholdMillis the silence from which on it is quiet
     */
    record Quiet(long since, long silentMillis, long thresholdMillis) implements AlertSignal {
        @Override
        public void match(Cases cases) {
            cases.quiet(this);
        }
    }

    /**
     * The agent that was quiet sent a snapshot.
     *
     * @param at when that was noticed, in milliseconds since 1970
     */
    record Heard(long at) implements AlertSignal {
        @Override
        public void match(Cases cases) {
            cases.heard(this);
        }
    }
}
