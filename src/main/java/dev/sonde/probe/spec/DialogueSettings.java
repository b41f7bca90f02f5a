package dev.sonde.probe.spec;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.InvalidDialogueException;
import dev.sonde.dialogue.Script;
import java.time.Duration;
import java.util.List;

/// A dialogue on the connection.
///
/// @param script without an end of its own: [ProbeSettings#close] decides how the connection ends
/// @param isInsideTls whether TLS begins with the connection although a step starts it. The step's
///     TLS is then a second one inside.
public record DialogueSettings(Script script, boolean isInsideTls) implements StepSettings {

    /// Characters of all steps together, so that settings stay small enough to be kept.
    public static final int MOST_CHARACTERS = 131_072;

    public DialogueSettings {
        List<DialogueStep> steps = script.steps();
        long characters = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).close() != null) {
                throw new InvalidDialogueException(
                        i + 1, "close", "a probe's connection is ended by settings.close");
            }
            characters += steps.get(i).characters();
        }
        if (characters > MOST_CHARACTERS) {
            throw new InvalidDialogueException(
                    0,
                    "",
                    "at most %d characters in all steps together, not %d"
                            .formatted(MOST_CHARACTERS, characters));
        }
    }

    /// Whether TLS begins at a step, so not with the connection.
    public DialogueSettings(Script script) {
        this(script, false);
    }

    /// The settings with these steps.
    ///
    /// @throws InvalidDialogueException where they cannot be followed
    public static DialogueSettings of(List<DialogueStep> steps) {
        return new DialogueSettings(Script.of(steps));
    }

    @Override
    public Phase phase() {
        return Phase.DIALOGUE;
    }

    @Override
    public Duration longest() {
        return Duration.ZERO;
    }
}
