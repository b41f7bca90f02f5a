package dev.sonde.store.bytes;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.SettingsForm;
import dev.sonde.form.condition.ExpectForm;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import org.jspecify.annotations.Nullable;

/// The settings as a person writes them, or the name of a module that has them. They are JSON, so
/// that they can grow.
///
/// @param source the set that owns the definition; absent where none does
/// @param expect what is expected of runs, with a module as well
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredSettings(
        @Nullable SettingsForm settings,
        @Nullable String module,
        @Nullable String source,
        @Nullable ExpectForm expect) {

    /// Settings as they are written and as they are used.
    public record Pair(StoredSettings written, ProbeSettings read) {

        /// Reads what [#text] wrote.
        public static Pair of(String text) {
            StoredSettings written = StoredJson.MAPPER.readValue(text, StoredSettings.class);
            return new Pair(written, written.toSettings());
        }
    }

    /// The settings of a definition as JSON.
    public static String text(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        String module = spec.module();
        return StoredJson.MAPPER.writeValueAsString(
                new StoredSettings(
                        module == null ? SettingsForm.of(spec.settings()) : null,
                        module,
                        definition.source(),
                        ExpectForm.of(spec.settings().expect())));
    }

    private ProbeSettings toSettings() {
        InvalidFields invalid = InvalidFields.ofKept();
        ProbeSettings read =
                settings == null ? ProbeSettings.DEFAULT : settings.toSettings("settings", invalid);
        if (expect != null) {
            read = read.withExpect(expect.toExpectation("expect", invalid));
        }
        invalid.throwIfAny();
        return read;
    }
}
