package dev.sonde.form;

import dev.sonde.probe.spec.StepSettings;
import org.jspecify.annotations.Nullable;

/// A step after the connect, as a request says it.
interface StepForm {

    /// The step of this form. Errors are noted under `path`; then no step is returned.
    @Nullable StepSettings toSettings(String path, InvalidFields invalid);
}
