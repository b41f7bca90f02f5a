package dev.sonde.blackbox.modules;

import dev.sonde.probe.spec.ProbeSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Named probe settings of the module file.
///
/// @param prober blackbox_exporter's name for the kind of probe; `tcp` for settings of our own form
/// @param timeout of the file; absent when only the scrape decides
/// @param yaml the text of the file, secrets masked
public record Module(String name, String prober, @Nullable Duration timeout, Use use, String yaml) {

    /// Whether a probe can be made of it.
    public sealed interface Use {

        /// The module is supported.
        ///
        /// @param settings whose timeout is the module's, or the usual one where it has none
        record Usable(ProbeSettings settings) implements Use {}

        /// The module is not supported.
        ///
        /// @param why a sentence for the caller
        record Unusable(String why) implements Use {}

        /// The module is invalid.
        ///
        /// @param why a sentence for the caller that names the field
        record Invalid(String why) implements Use {}
    }

    /// A plain connect, the only module without a file.
    public static Module plainConnect(String name) {
        return new Module(
                name,
                "tcp",
                null,
                new Use.Usable(TcpSection.PLAIN.settings(null)),
                "prober: tcp\n");
    }
}
