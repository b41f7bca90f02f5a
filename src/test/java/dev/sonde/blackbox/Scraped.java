package dev.sonde.blackbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An answer of `/probe`, read as Prometheus reads it.
///
/// @param samples series as they are written, with their values
/// @param types family to type
/// @param helps family to help
record Scraped(Map<String, Double> samples, Map<String, String> types, Map<String, String> helps) {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_]+(?:\\{.*\\})?) (-?[0-9.eE+-]+|NaN)");

    static Scraped of(String text) {
        Scraped scraped = new Scraped(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# TYPE ")) {
                scraped.types.put(words[2], words[3]);
            } else if (line.startsWith("# HELP ")) {
                scraped.helps.put(words[2], words[3]);
            } else {
                Matcher sample = SAMPLE.matcher(line);
                if (!sample.matches()) {
                    throw new IllegalArgumentException("not a sample: " + line);
                }
                scraped.samples.put(sample.group(1), Double.valueOf(sample.group(2)));
            }
        }
        return scraped;
    }

    /// The names of the families, without labels.
    List<String> names() {
        return samples.keySet().stream()
                .map(series -> series.replaceFirst("\\{.*", ""))
                .distinct()
                .toList();
    }

    double value(String series) {
        return samples.getOrDefault(series, Double.NaN);
    }
}
