package dev.sonde.api.settings;

import dev.sonde.blackbox.modules.SettingsForm;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.problem.InvalidFields;
import dev.sonde.problem.InvalidRequestException;
import dev.sonde.problem.UnreadableBody;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads the settings of a module as a request's settings are read. Safe for any thread.
@Component
final class ModuleSettings implements SettingsForm {

    private final JsonMapper mapper;

    ModuleSettings(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public ProbeSettings read(Map<String, Object> settings) {
        try {
            SettingsRequest request =
                    mapper.treeToValue(mapper.valueToTree(settings), SettingsRequest.class);
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
