package dev.sonde.conversion;

import dev.sonde.blackbox.modules.Module;
import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.blackbox.modules.ModuleFileReader;
import dev.sonde.form.SettingsForm;
import dev.sonde.form.YamlText;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The modules of a text, which stand beside its scrape jobs as blackbox_exporter's file has them.
///
/// @param modules by name
/// @param written the modules as the text writes them
record BlackboxModules(Map<String, Module> modules, Given written) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final ModuleFileReader READER =
            new ModuleFileReader(
                    _ -> {
                        throw new IllegalArgumentException("settings are not read here");
                    });

    static BlackboxModules of(Given text) {
        Object modules = text.at("modules").value();
        if (modules == null) {
            return new BlackboxModules(Map.of(), Given.of(null));
        }
        StringWriter yaml = new StringWriter();
        YamlText.write(Map.of("modules", modules), yaml);
        byte[] bytes = yaml.toString().getBytes(StandardCharsets.UTF_8);
        return new BlackboxModules(READER.read(bytes).modules(), text.at("modules"));
    }

    /// The settings of a module as a document writes them; empty where the text does not have the
    /// module.
    ///
    /// @throws IllegalArgumentException with a clause, where the module cannot be used here
    Optional<Map<String, Object>> settings(String name) {
        Module module = modules.get(name);
        if (module == null) {
            return Optional.empty();
        }
        return switch (module.use()) {
            case Use.Usable(ProbeSettings settings) -> Optional.of(settings(name, settings));
            case Use.Unusable(String why) -> throw new IllegalArgumentException(why);
            case Use.Invalid(String why) -> throw new IllegalArgumentException(why);
        };
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> settings(String name, ProbeSettings settings) {
        Map<String, Object> form;
        try {
            form = MAPPER.convertValue(SettingsForm.of(settings), Map.class);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "the module names files, which a document cannot", e);
        }
        form.values().removeIf(Objects::isNull);
        form.remove("dialogue");
        List<Map<String, Object>> steps = steps(written.at(name).at("tcp").at("query_response"));
        if (!steps.isEmpty()) {
            form.put("dialogue", steps);
        }
        return form;
    }

    /// The exporter matches each line without its end, and ends what it sends with a line feed.
    private static List<Map<String, Object>> steps(Given entries) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Given entry : entries.each()) {
            Map<String, Object> step = new LinkedHashMap<>();
            String expect = entry.text("expect", "");
            if (!expect.isEmpty()) {
                step.put("expect", "(?m)" + expect.replaceAll("(?<!\\\\)\\$$", "\\\\r?\\$"));
            }
            String send = entry.text("send", "");
            if (!send.isEmpty()) {
                step.put("send", send + "\n");
            }
            if (entry.isTrue("starttls")) {
                step.put("startTls", true);
            }
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        return steps;
    }
}
