package dev.sonde.conversion;

import dev.sonde.form.YamlText;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.ProbeModules;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes documents of definitions from those of other tools. Safe for any thread.
public final class Converter {

    private static final Pattern DOCUMENT_END = Pattern.compile("(?m)^---[ \\t\\r]*$");

    private final ProbeModules modules;

    /// @param modules that the document may name, beside `tcp_connect`
    public Converter(ProbeModules modules) {
        this.modules = modules;
    }

    /// A converter that knows no modules but those in the text.
    public static Converter alone() {
        return new Converter(
                module -> {
                    throw new IllegalArgumentException(
                            "no module has the name %s; put its section \"modules\" into the text"
                                    .formatted(Excerpt.quoted(module)));
                });
    }

    /// Converts one text in YAML or JSON.
    ///
    /// @throws IllegalArgumentException with a sentence, where the text is not of the tool's form
    public Conversion convert(ForeignTool origin, String text) {
        List<Object> documents = new ArrayList<>();
        for (String part : DOCUMENT_END.splitAsStream(text).toList()) {
            Object read = read(part);
            if (read != null) {
                documents.add(read);
            }
        }
        DocumentDraft draft = new DocumentDraft(modules);
        documents.forEach(each -> convert(origin, Given.of(each), draft));
        if (draft.isEmpty()) {
            throw new IllegalArgumentException(
                    switch (origin) {
                        case BLACKBOX ->
                                "no scrape_configs, scrape job or object of kind Probe is found";
                        case GATUS -> "no endpoints are found";
                        case UPTIME_KUMA -> "no monitorList is found";
                    });
        }
        return draft.conversion();
    }

    private static @Nullable Object read(String part) {
        try {
            return YamlText.read(part);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the text " + e.getMessage(), e);
        }
    }

    private static void convert(ForeignTool origin, Given given, DocumentDraft draft) {
        switch (origin) {
            case BLACKBOX -> new BlackboxJobs(draft).convert(given);
            case GATUS -> new GatusEndpoints(draft).convert(given);
            case UPTIME_KUMA -> new KumaMonitors(draft).convert(given);
        }
    }
}
