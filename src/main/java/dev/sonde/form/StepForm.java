package dev.sonde.form;

import dev.sonde.probe.spec.StepSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step after the connect, as a request says it.
interface StepForm {

    /// The step of this form. Errors are noted under `path`; then no step is returned.
    @Nullable StepSettings toSettings(String path, InvalidFields invalid);

    /// The steps after the connect, in the order of the phases.
    static List<StepSettings> read(
            String path, SettingsForm form, boolean isHalfOpen, InvalidFields invalid) {
        List<StepSettings> steps = new ArrayList<>();
        read(path + ".tls", form.tls(), isHalfOpen, steps, invalid);
        read(path + ".dialogue", DialogueForm.of(form.dialogue()), isHalfOpen, steps, invalid);
        read(path + ".observe", form.observe(), isHalfOpen, steps, invalid);
        read(path + ".hold", form.hold(), isHalfOpen, steps, invalid);
        read(path + ".flood", form.flood(), isHalfOpen, steps, invalid);
        return steps;
    }

    private static void read(
            String path,
            @Nullable StepForm body,
            boolean isHalfOpen,
            List<StepSettings> steps,
            InvalidFields invalid) {
        if (body == null) {
            return;
        }
        if (isHalfOpen) {
            invalid.add(path, null, "nothing can follow a half_open handshake");
            return;
        }
        StepSettings step = body.toSettings(path, invalid);
        if (step != null) {
            steps.add(step);
        }
    }
}
