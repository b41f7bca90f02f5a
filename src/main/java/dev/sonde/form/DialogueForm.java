package dev.sonde.form;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.InvalidDialogueException;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import java.util.ArrayList;
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
                return forms(script.steps());
            }
        }
        return null;
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        List<DialogueStep> read = read(path, steps, invalid);
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

    /// The forms of these steps.
    static List<@Nullable DialogueStepForm> forms(List<DialogueStep> steps) {
        List<@Nullable DialogueStepForm> bodies = new ArrayList<>();
        steps.forEach(step -> bodies.add(DialogueStepForm.of(step)));
        return bodies;
    }

    /// Reads steps; what is wrong is noted under `path`, and then there are none.
    static @Nullable List<DialogueStep> read(
            String path, List<@Nullable DialogueStepForm> given, InvalidFields invalid) {
        if (given.isEmpty() || given.size() > Script.MOST_STEPS) {
            invalid.add(path, null, "1 to " + Script.MOST_STEPS + " steps, not " + given.size());
            return null;
        }
        List<DialogueStep> steps = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String each = path + "[" + i + "]";
            DialogueStepForm body = given.get(i);
            DialogueStep step = body == null ? null : body.toStep(i + 1, each, invalid);
            if (body == null) {
                invalid.add(each, null, "an object is expected");
            } else if (step != null) {
                steps.add(step);
            }
        }
        // With a step missing, what follows would complain about the wrong thing.
        return steps.size() < given.size() || !isScript(path, steps, invalid) ? null : steps;
    }

    /// The same steps with what they send hidden.
    static @Nullable List<@Nullable DialogueStepForm> withoutSent(
            @Nullable List<@Nullable DialogueStepForm> steps) {
        if (steps == null) {
            return null;
        }
        List<@Nullable DialogueStepForm> hidden = new ArrayList<>();
        for (DialogueStepForm step : steps) {
            hidden.add(step == null ? null : step.withoutSent());
        }
        return hidden;
    }

    private static boolean isScript(String path, List<DialogueStep> steps, InvalidFields invalid) {
        try {
            var _ = Script.of(steps);
            return true;
        } catch (InvalidDialogueException e) {
            invalid.add(e.under(path), null, DialogueStepForm.sentence(e.step(), e));
            return false;
        }
    }

    /// A dialogue that pauses for longer than it may take can never succeed.
    static void checkDelays(String path, ProbeSettings settings, InvalidFields invalid) {
        for (StepSettings step : settings.steps()) {
            if (step instanceof DialogueSettings(Script script, _)
                    && script.pauses().compareTo(settings.timeout()) >= 0) {
                invalid.add(
                        path,
                        null,
                        "its delays are %s together, as much as the timeout of %s or more"
                                .formatted(
                                        DurationText.format(script.pauses()),
                                        DurationText.format(settings.timeout())));
            }
        }
    }
}
