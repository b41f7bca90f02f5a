package dev.sonde.blackbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gauges in the Prometheus text format 0.0.4, families in the order of their names. Not
/// thread-safe.
final class GaugeText {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int USUAL_FAMILIES = 16;
    private static final int USUAL_SAMPLE = 96;

    /// The two lines in front of a family, by its name. The names are a closed set.
    private static final Map<String, String> HEADS = new ConcurrentHashMap<>();

    private final List<Family> families = new ArrayList<>(USUAL_FAMILIES);

    private record Family(String name, StringBuilder text) {}

    GaugeText gauge(String name, String help, double value) {
        return gauge(name, help, Map.of(), value);
    }

    /// @param labels in the order in which they are to stand
    GaugeText gauge(String name, String help, Map<String, String> labels, double value) {
        StringBuilder family = family(name, help);
        family.append(name);
        String between = "{";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            family.append(between).append(label.getKey()).append("=\"");
            family.append(escaped(label.getValue()).replace("\"", "\\\"")).append('"');
            between = ",";
        }
        family.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
        return this;
    }

    private StringBuilder family(String name, String help) {
        for (int i = families.size() - 1; i >= 0; i--) {
            if (families.get(i).name().equals(name)) {
                return families.get(i).text();
            }
        }
        String head = HEADS.computeIfAbsent(name, _ -> head(name, help));
        StringBuilder text = new StringBuilder(head.length() + USUAL_SAMPLE).append(head);
        families.add(new Family(name, text));
        return text;
    }

    byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        families.sort(Comparator.comparing(Family::name));
        int length = 0;
        for (Family family : families) {
            length += family.text().length();
        }
        StringBuilder whole = new StringBuilder(length);
        for (Family family : families) {
            whole.append(family.text());
        }
        return whole.toString();
    }

    private static String head(String name, String help) {
        return "# HELP " + name + ' ' + escaped(help) + "\n# TYPE " + name + " gauge\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isWhole ? Long.toString((long) value) : Double.toString(value);
    }
}
