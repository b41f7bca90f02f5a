package dev.sonde.attempt;

import dev.sonde.attempt.connect.Connect;
import dev.sonde.attempt.step.Steps;
import dev.sonde.probe.spec.Phase;

/// The state of an attempt. [ProbeAttempt] has the diagram.
sealed interface AttemptState {

    /// The attempt has not begun.
    record Idle() implements AttemptState {}

    /// On its way to a slot.
    record Queued() implements AttemptState {}

    record Connecting(Connect connect) implements AttemptState {}

    /// Connected, with something to do on the connection.
    record Stepping(Connect connect, Steps steps) implements AttemptState {}

    record Done() implements AttemptState {}

    /// The phase that runs.
    default Phase phase() {
        return switch (this) {
            case Connecting _ -> Phase.CONNECT;
            case Stepping stepping -> stepping.steps().phase();
            case Idle _, Queued _, Done _ -> Phase.QUEUE;
        };
    }
}
