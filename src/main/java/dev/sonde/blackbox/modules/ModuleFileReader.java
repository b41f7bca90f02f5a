package dev.sonde.blackbox.modules;

import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.probe.spec.ProbeSettings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Reads a file of named settings. A module with `settings` is of our own form, any other one of
/// blackbox_exporter's; unknown fields are errors in both. An error costs its module, not the file.
/// Safe for any thread.
public final class ModuleFileReader {

    private static final JsonMapper SECTIONS =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final Function<Map<String, Object>, ProbeSettings> settings;

    /// @param settings reads `settings` as requests have them
    public ModuleFileReader(Function<Map<String, Object>, ProbeSettings> settings) {
        this.settings = settings;
    }

    /// Reads a file.
    ///
    /// @throws InvalidModuleFileException when it is no YAML, or no mapping of modules
    public ModuleSet read(byte[] file) {
        String text = decode(file);
        Map<?, ?> texts = modules(YamlTree.read(text, true));
        Map<?, ?> typed = modules(YamlTree.read(text, false));
        Map<String, Module> read = new HashMap<>();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        texts.forEach(
                (key, value) -> {
                    String name = String.valueOf(key);
                    Module module = read(name, value, typed.get(key));
                    read.put(name, module);
                    shown.put(
                            name,
                            isInvalid(module) ? Secrets.hidden(value) : Secrets.masked(value));
                });
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("modules", shown);
        return new ModuleSet(read, YamlTree.write(whole));
    }

    private static boolean isInvalid(Module module) {
        return module.use() instanceof Use.Invalid;
    }

    /// An entry that is not understood is shown without its values, because any of them may be a
    /// secret.
    private Module read(String name, @Nullable Object text, @Nullable Object typed) {
        try {
            Map<?, ?> section = YamlTree.requireMap("modules." + name, text);
            return section.containsKey("settings") ? own(name, typed) : upstream(name, section);
        } catch (InvalidModuleFileException e) {
            String yaml = YamlTree.write(Secrets.hidden(text));
            Use invalid = new Use.Invalid(String.valueOf(e.getMessage()));
            return new Module(name, "", null, invalid, yaml);
        }
    }

    private static Map<?, ?> modules(Map<?, ?> file) {
        for (Object key : file.keySet()) {
            if (!"modules".equals(key)) {
                throw new InvalidModuleFileException(key + ": unknown, only modules is", null);
            }
        }
        return YamlTree.requireMap("modules", file.get("modules"));
    }

    private Module own(String name, @Nullable Object section) {
        Map<?, ?> map = YamlTree.requireMap("modules." + name, section);
        for (Object key : map.keySet()) {
            if (!"settings".equals(key)) {
                throw wrong(name, key + " does not go with settings", null);
            }
        }
        Map<String, Object> given = new LinkedHashMap<>();
        YamlTree.requireMap("modules." + name + ".settings", map.get("settings"))
                .forEach((key, value) -> given.put(String.valueOf(key), value));
        try {
            ProbeSettings read = settings.apply(given);
            String yaml = YamlTree.write(Secrets.masked(map));
            return new Module(name, "tcp", read.timeout(), new Use.Usable(read), yaml);
        } catch (IllegalArgumentException e) {
            throw wrong(name, e.getMessage(), e);
        }
    }

    private static Module upstream(String name, Map<?, ?> section) {
        try {
            ModuleSection read = SECTIONS.convertValue(section, ModuleSection.class);
            String yaml = YamlTree.write(Secrets.masked(section));
            return (read == null ? ModuleSection.EMPTY : read).toModule(name, yaml);
        } catch (DatabindException e) {
            throw wrong(name, path(e) + ": " + sentence(e), null); // it may show what it met
        } catch (IllegalArgumentException e) {
            throw wrong(name, e.getMessage(), e);
        }
    }

    /// `tcp.tls_config.ca_file`, or `tcp.query_response[2].send`.
    private static String path(DatabindException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference at : e.getPath()) {
            if (at.getPropertyName() == null) {
                path.append('[').append(at.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String sentence(DatabindException e) {
        return e instanceof UnrecognizedPropertyException
                ? "unknown field"
                : "not of the kind that is expected here";
    }

    private static String decode(byte[] file) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidModuleFileException("not in UTF-8", e);
        }
    }

    private static InvalidModuleFileException wrong(
            String name, @Nullable String message, @Nullable Throwable cause) {
        return new InvalidModuleFileException("modules." + name + ": " + message, cause);
    }
}
