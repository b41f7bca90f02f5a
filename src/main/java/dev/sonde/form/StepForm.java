package dev.sonde.form;

import dev.sonde.probe.spec.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step after the connect, as a request says it.
interface StepForm {

    /// The step of this form. Errors are noted under `path`; then no step is returned.
    @Nullable StepSettings toSettings(String path, InvalidFields invalid);

    /// Adds the step of a form, where there is one; errors are noted under `path`.
    static void read(
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
