package dev.sonde.api.settings;

import dev.sonde.probe.spec.StepSettings;
import dev.sonde.problem.InvalidFields;
import org.jspecify.annotations.Nullable;

/// A step after the connect, as a request says it.
interface StepRequest {

    /// What it stands for; what is wrong is noted under `path`, and then there is none.
    @Nullable StepSettings toSettings(String path, InvalidFields invalid);
}
