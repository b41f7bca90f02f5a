package dev.sonde.probe.spec;

import java.util.List;
import java.util.function.Consumer;

/// Probe settings that have a name. Safe for any thread.
///
/// The interface is declared here, not in the package that reads modules from a file. The code that
/// runs a probe by its module's name therefore does not depend on files.
@FunctionalInterface
public interface ProbeModules {

    /// The settings of this name as they are now; a module can change from one call to the next.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, when the module does not
    ///     exist or is not supported here
    ProbeSettings settingsOf(String module);

    /// Hands over the names of the modules in which something is wrong, now and at each reading.
    default void onInvalid(Consumer<List<String>> observer) {
        observer.accept(List.of());
    }
}
