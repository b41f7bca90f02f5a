package dev.sonde.form;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.InvalidDialogueException;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dialogue of a probe: an array of steps, in requests and answers.
record DialogueForm(List<@Nullable DialogueStepForm> steps) implements StepForm {

    static @Nullable DialogueForm of(@Nullable List<@Nullable DialogueStepForm> steps) {
        return steps == null ? null : new DialogueForm(steps);
    }

    static @Nullable List<@Nullable DialogueStepForm> stepsOf(List<StepSettings> steps) {
        for (StepSettings step : steps) {
            if (step instanceof DialogueSettings(Script script, _)) {
                return DialogueStepForm.of(script.steps());
            }
        }
        return null;
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        List<DialogueStep> read = DialogueStepForm.read(path, steps, invalid);
        if (read == null) {
            return null;
        }
        try {
            return DialogueSettings.of(read);
        } catch (InvalidDialogueException e) {
            invalid.add(e.under(path), null, DialogueStepForm.sentence(e.step(), e));
            return null;
        }
    }
}
