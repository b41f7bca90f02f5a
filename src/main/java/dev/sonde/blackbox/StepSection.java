package dev.sonde.blackbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `query_response`, as blackbox_exporter has it, and what its users ask for beyond.
///
/// @param send a string, or bytes from `!!binary`
/// @param skipNewlineOnSend our addition: nothing is added to what is sent
/// @param sendBytes our addition: bytes as Base64
/// @param reject our addition: a pattern that fails the probe at once
record StepSection(
        @Nullable String expect,
        @Nullable String expectBytes,
        @Nullable List<Label> labels,
        @Nullable Object send,
        @Nullable String starttls,
        @Nullable String skipNewlineOnSend,
        @Nullable String sendBytes,
        @Nullable String reject) {

    /// A label of `probe_expect_info`.
    record Label(@Nullable String name, @Nullable String value) {}
}
