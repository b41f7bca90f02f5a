package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.form.SettingsForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON that a person writes on the command line, read to the letter.
final class Json {

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// Settings as the API takes them, or `@` and the file that has them.
    static SettingsForm settings(String text) {
        return read(text.startsWith("@") ? file(text.substring(1)) : text, SettingsForm.class);
    }

    /// @throws Failure where it is no JSON of this form
    static <T> T read(String json, Class<T> form) {
        try {
            return MAPPER.readValue(json, form);
        } catch (JacksonException e) {
            throw Failure.usage("This JSON cannot be read: %s.".formatted(reason(e)));
        }
    }

    /// The error, without the name of a class.
    static String reason(JacksonException e) {
        String whole = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        int internal = whole.indexOf(" (class ");
        return internal < 0 ? whole : whole.substring(0, internal);
    }

    static String file(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException | IllegalArgumentException _) {
            throw Failure.usage("The file \"%s\" cannot be read.".formatted(name));
        }
    }
}
