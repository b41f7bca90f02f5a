package dev.sonde.blackbox.modules;

import dev.sonde.probe.spec.ProbeSettings;
import java.util.Map;

/// Reads `settings` as requests have them. The room that reads requests implements it, so that the
/// file and the API cannot differ.
@FunctionalInterface
public interface SettingsForm {

    /// The settings that they stand for.
    ///
    /// @param settings names to strings, numbers, booleans, lists and maps
    /// @throws IllegalArgumentException with a sentence for the person who wrote them
    ProbeSettings read(Map<String, Object> settings);
}
