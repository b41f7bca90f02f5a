package dev.sonde.cli.local;

import dev.sonde.blackbox.modules.InvalidModuleFileException;
import dev.sonde.blackbox.modules.Module;
import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.blackbox.modules.ModuleFileReader;
import dev.sonde.blackbox.modules.SettingsSection;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.probe.spec.ProbeSettings;
import java.nio.charset.StandardCharsets;

/// A module of a file, as `--module FILE:NAME` names it.
final class ModuleFile {

    private ModuleFile() {}

    /// @throws Failure where file or module cannot be used
    static ProbeSettings settings(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw Failure.usage("--module is FILE:NAME, not \"%s\".".formatted(text));
        }
        String file = text.substring(0, colon);
        String name = text.substring(colon + 1);
        Module module = read(file, name);
        return switch (module.use()) {
            case Use.Usable(ProbeSettings settings) -> settings;
            case Use.Unusable(String why) -> throw unusable(name, why);
            case Use.Invalid(String why) -> throw unusable(name, why);
        };
    }

    private static Module read(String file, String name) {
        byte[] bytes = Json.file(file).getBytes(StandardCharsets.UTF_8);
        try {
            return new ModuleFileReader(new SettingsSection(() -> Json.MAPPER))
                    .read(bytes)
                    .find(name)
                    .orElseThrow(
                            () ->
                                    Failure.usage(
                                            "\"%s\" has no module \"%s\".".formatted(file, name)));
        } catch (InvalidModuleFileException e) {
            throw Failure.usage("\"%s\": %s.".formatted(file, e.getMessage()));
        }
    }

    private static Failure unusable(String name, String why) {
        return Failure.usage("The module \"%s\" cannot be used: %s.".formatted(name, why));
    }
}
