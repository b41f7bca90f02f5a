package dev.sonde.blackbox.modules;

import dev.sonde.probe.spec.ProbeSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Named probe settings, as the module file has them.
///
/// @param prober what blackbox_exporter calls the kind of probe; `tcp` for settings of our own form
/// @param timeout what the file says; absent where the scrape alone decides
/// @param yaml what the file says of it, secrets masked
public record Module(String name, String prober, @Nullable Duration timeout, Use use, String yaml) {

    /// Whether a probe can be made of it.
    public sealed interface Use {

        /// It can.
        ///
        /// @param settings whose timeout is the module's, or the usual one where it has none
        record Usable(ProbeSettings settings) implements Use {}

        /// It cannot.
        ///
        /// @param why a sentence for whoever asks for it
        record Unusable(String why) implements Use {}

        /// It cannot, because something in it is wrong.
        ///
        /// @param why a sentence for whoever asks for it, with the field
        record Invalid(String why) implements Use {}
    }

    /// A plain connect: what is there without a file.
    public static Module plainConnect(String name) {
        return new Module(
                name,
                "tcp",
                null,
                new Use.Usable(TcpSection.PLAIN.settings(null)),
                "prober: tcp\n");
    }
}
