package dev.sonde.conversion;

import dev.sonde.form.YamlText;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/// A converted document and what could not be carried over.
///
/// @param document of definitions, as maps, lists and scalars
/// @param skipped in the order of the text
public record Conversion(Map<String, Object> document, List<Skipped> skipped) {

    /// One thing that the document lacks.
    ///
    /// @param what its name or place in the text
    /// @param reason a clause
    public record Skipped(String what, String reason) {}

    public Conversion {
        skipped = List.copyOf(skipped);
    }

    /// The document in YAML. Skipped parts are in comments before it.
    public String yaml() {
        StringWriter text = new StringWriter();
        for (Skipped each : skipped) {
            text.append("# skipped: ")
                    .append(line(each.what()))
                    .append(": ")
                    .append(line(each.reason()))
                    .append('\n');
        }
        YamlText.write(document, text);
        return text.toString();
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
