package dev.sonde.notification;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts of a probe that a message says beside its incident.
///
/// @param state the word of its present state
record ProbeFacts(String target, Map<String, String> labels, String state) {

    /// The place where probes are found.
    interface Finder {

        /// Null where no such probe exists.
        @Nullable ProbeFacts find(String probe);

        boolean isUnderMaintenance(String probe, Map<String, String> labels);
    }
}
