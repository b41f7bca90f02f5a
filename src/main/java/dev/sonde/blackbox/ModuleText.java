package dev.sonde.blackbox;

import dev.sonde.blackbox.modules.Sends;
import dev.sonde.security.SentBytes;

/// The YAML of modules as the caller may see it.
final class ModuleText {

    private ModuleText() {}

    /// @param yaml with its other secrets masked
    static String of(String yaml) {
        return SentBytes.areShown() ? yaml : Sends.replaced(yaml, SentBytes.HIDDEN);
    }
}
