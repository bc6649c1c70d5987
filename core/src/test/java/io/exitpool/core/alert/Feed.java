package io.exitpool.core.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One server's alerts, fed with situations a second apart unless a test says otherwise. */
final class Feed {
    final Draft draft = new Draft();
    final List<AlertSignal> heard = new ArrayList<>();
    private final AlertSettings settings;
    private ServerAlerts alerts;

    Feed() {
        this(AlertSettings.DEFAULT);
    }

    Feed(AlertSettings settings) {
        this.settings = settings;
        alerts = new ServerAlerts(settings);
    }

    /** The next situation is like this one; what it says. */
    List<AlertSignal> next(Consumer<Draft> change) {
        draft.at += draft.passed;
        change.accept(draft);
        List<AlertSignal> said = alerts.evaluate(draft.situation());
        heard.addAll(said);
        return said;
    }

    List<AlertSignal> forSeconds(int seconds) {
        List<AlertSignal> said = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            said.addAll(next(same -> {}));
        }
        return said;
    }

    void restart() {
        alerts = ServerAlerts.restore(settings, alerts.states());
    }

    List<AlertState> states() {
        return alerts.states();
    }

    /** Whether the kind is open, by what was said so far. */
    boolean open(AlertKind kind) {
        return opened(kind) > cleared(kind);
    }

    long opened(AlertKind kind) {
        return heard.stream()
                .filter(one -> one instanceof AlertSignal.Raised raised && raised.kind() == kind)
                .count();
    }

    long cleared(AlertKind kind) {
        return heard.stream()
                .filter(one -> one instanceof AlertSignal.Cleared over && over.kind() == kind)
                .count();
    }
}
