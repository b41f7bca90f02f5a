package dev.sonde.listen;

import com.google.re2j.Pattern;
import dev.sonde.probe.CloseMode;
import dev.sonde.probe.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A dialogue's steps, one action after the other. Immutable, shared by a listener's connections.
record Script(List<Action> actions) {

    sealed interface Action {
        record Expect(Pattern pattern) implements Action {}

        record Pause(Duration length) implements Action {}

        record Send(Payload payload) implements Action {}

        record Finish(CloseMode mode) implements Action {}
    }

    Script {
        actions = List.copyOf(actions);
    }

    static Script of(Behaviour.Dialogue dialogue) {
        List<Action> actions = new ArrayList<>();
        for (Step step : dialogue.steps()) {
            if (step.expect() != null) {
                actions.add(new Action.Expect(Step.compile(step.expect())));
            }
            if (step.delay() != null) {
                actions.add(new Action.Pause(step.delay()));
            }
            if (step.send() != null) {
                actions.add(new Action.Send(step.send()));
            }
            if (step.close() != null) {
                actions.add(new Action.Finish(step.close()));
            }
        }
        return new Script(actions);
    }
}
