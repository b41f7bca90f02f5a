package dev.sonde.form;

import dev.sonde.probe.spec.StepSettings;
import org.jspecify.annotations.Nullable;

/// A step after the connect, as a request says it.
interface StepForm {

    /// What it stands for; what is wrong is noted under `path`, and then there is none.
    @Nullable StepSettings toSettings(String path, InvalidFields invalid);
}
