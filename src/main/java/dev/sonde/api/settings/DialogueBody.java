package dev.sonde.api.settings;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.InvalidDialogueException;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.problem.InvalidFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dialogue of a probe: an array of steps, in requests and answers.
record DialogueBody(List<@Nullable DialogueStepBody> steps) implements StepRequest {

    static @Nullable DialogueBody of(@Nullable List<@Nullable DialogueStepBody> steps) {
        return steps == null ? null : new DialogueBody(steps);
    }

    static @Nullable List<@Nullable DialogueStepBody> stepsOf(List<StepSettings> steps) {
        for (StepSettings step : steps) {
            if (step instanceof DialogueSettings(Script script, _)) {
                return DialogueStepBody.of(script.steps());
            }
        }
        return null;
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        List<DialogueStep> read = DialogueStepBody.read(path, steps, invalid);
        if (read == null) {
            return null;
        }
        try {
            return DialogueSettings.of(read);
        } catch (InvalidDialogueException e) {
            invalid.add(e.under(path), null, DialogueStepBody.sentence(e.step(), e));
            return null;
        }
    }
}
