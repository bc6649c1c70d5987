package io.exitpool.core.insight;

import io.exitpool.core.alert.AlertSignal;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.WindowStats;

/** What the servers' statistics tell the fleet's, in the order in which one partition tells it. */
public sealed interface Signal {

    /** Who reads signals. */
    interface Cases {
        void known(Known known);

        void gone(Gone gone);

        void progress(Progress progress);

        void closed(Closed closed);

        void alerting(Alerting alerting);
    }

    void match(Cases cases);

    /**
     * A server is there: its windows from this time on are the fleet's.
     *
     * @param at milliseconds since 1970
     */
    record Known(String server, Place place, long at) implements Signal {
        @Override
        public void match(Cases cases) {
            cases.known(this);
        }
    }

    /** A server was removed. */
    record Gone(String server, long at) implements Signal {
        @Override
        public void match(Cases cases) {
            cases.gone(this);
        }
    }

    /** A partition's time, about every ten seconds of it. */
    record Progress(int partition, long at) implements Signal {
        @Override
        public void match(Cases cases) {
            cases.progress(this);
        }
    }

    /** A server's window is final. */
    record Closed(WindowStats stats) implements Signal {
        @Override
        public void match(Cases cases) {
            cases.closed(this);
        }
    }

    /** Something about a server that alerts are made of. */
    record Alerting(String server, Place place, long at, AlertSignal signal) implements Signal {
        @Override
        public void match(Cases cases) {
            cases.alerting(this);
        }
    }
}
