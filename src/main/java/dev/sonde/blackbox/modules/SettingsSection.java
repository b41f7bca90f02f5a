package dev.sonde.blackbox.modules;

import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.SettingsForm;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.problem.UnreadableBody;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The `settings` of a module, read as a request's settings are. Safe for any thread.
public final class SettingsSection implements Function<Map<String, Object>, ProbeSettings> {

    private final Supplier<JsonMapper> mapper;

    /// @param mapper the one that reads requests, so that the file and the API cannot differ
    public SettingsSection(Supplier<JsonMapper> mapper) {
        this.mapper = mapper;
    }

    /// The settings of this section.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote them
    @Override
    public ProbeSettings apply(Map<String, Object> settings) {
        try {
            JsonMapper json = mapper.get();
            SettingsForm request = json.treeToValue(json.valueToTree(settings), SettingsForm.class);
            InvalidFields invalid = new InvalidFields();
            ProbeSettings read = request.toSettings("settings", invalid);
            invalid.throwIfAny();
            return read;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "settings: " + UnreadableBody.problem(e).detail(), e);
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
