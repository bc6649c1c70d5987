package io.exitpool.core.alert;

import io.exitpool.core.alert.AlertRule.Hold;
import io.exitpool.core.alert.AlertRule.Reading;
import io.exitpool.core.alert.AlertRule.Standing;
import io.exitpool.core.alert.AlertRule.Story;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One alert of one server: open or not. It opens when its rule found it beyond the threshold for
 * long enough since it was last back behind the other one, so that what wanders on the threshold
 * opens once and not by luck. It resolves when it was behind that other threshold for long enough
 * without a break. A situation of which nothing is known ends the hold: no alert resolves because
 * data are missing.
 */
final class AlertMachine {
    private static final String SURGE =
            "New sessions come far more often than in the hour before: a burst.";

    private final AlertKind kind;
    private boolean open;
    private long episode;
    private OptionalLong heldMillis = OptionalLong.empty();
    private double peak;

    AlertMachine(AlertKind kind) {
        this.kind = kind;
    }

    AlertMachine(AlertState state) {
        kind = state.kind();
        open = state.open();
        episode = state.episode();
        heldMillis = state.heldMillis();
        peak = state.peak();
    }

    Optional<AlertSignal> evaluate(Situation situation, AlertSettings settings) {
        AlertRule rule = kind.rule();
        Optional<Reading> known = rule.read(situation, settings);
        if (known.isEmpty()) {
            heldMillis = OptionalLong.empty();
            return Optional.empty();
        }
        Reading reading = known.get();
        if (open) {
            peak = rule.worse(peak, reading.value());
        }
        Hold hold = rule.hold(settings);
        Standing turning = open ? Standing.CLOSING : Standing.OPENING;
        long needed = open ? hold.closeForMillis() : hold.openForMillis();
        if (reading.standing() != turning) {
            boolean wanders = !open && reading.standing() == Standing.BETWEEN;
            heldMillis = wanders ? heldMillis : OptionalLong.empty();
            return Optional.empty();
        }
        heldMillis =
                OptionalLong.of(
                        heldMillis.isEmpty()
                                ? 0
                                : heldMillis.getAsLong() + situation.passedMillis());
        if (heldMillis.getAsLong() < needed) {
            return Optional.empty();
        }
        heldMillis = OptionalLong.empty();
        open = !open;
        return Optional.of(open ? raise(situation, settings, reading) : clear(situation));
    }

    AlertState state(OptionalLong quietSince) {
        return new AlertState(kind, open, episode, heldMillis, peak, quietSince);
    }

    /** Nothing has happened that would have to be remembered. */
    boolean untouched() {
        return episode == 0 && heldMillis.isEmpty();
    }

    private AlertSignal raise(Situation situation, AlertSettings settings, Reading reading) {
        AlertRule rule = kind.rule();
        Story story = rule.tell(situation, settings, reading);
        boolean surge = rule.ofLoad() && Surge.in(situation, settings.surge());
        episode = Math.max(episode + 1, situation.status().watermark());
        peak = reading.value();
        return new AlertSignal.Raised(
                kind,
                episode,
                reading.value(),
                reading.threshold(),
                story.unit(),
                story.summary(),
                surge ? Optional.of(SURGE) : story.cause(),
                story.advice(),
                surge);
    }

    private AlertSignal clear(Situation situation) {
        double worst = peak;
        peak = 0;
        long at = Math.max(episode, situation.status().watermark());
        return new AlertSignal.Cleared(kind, episode, at, worst);
    }
}
