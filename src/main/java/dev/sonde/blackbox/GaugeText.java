package dev.sonde.blackbox;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Gauges in the Prometheus text format 0.0.4, families in the order of their names. Not
/// thread-safe.
final class GaugeText {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, StringBuilder> families = new TreeMap<>();

    GaugeText gauge(String name, String help, double value) {
        return gauge(name, help, Map.of(), value);
    }

    /// @param labels in the order in which they are to stand
    GaugeText gauge(String name, String help, Map<String, String> labels, double value) {
        StringBuilder family = families.computeIfAbsent(name, _ -> head(name, help));
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

    byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        Collection<StringBuilder> texts = families.values();
        return String.join("", texts);
    }

    private static StringBuilder head(String name, String help) {
        return new StringBuilder(160)
                .append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(help))
                .append("\n# TYPE ")
                .append(name)
                .append(" gauge\n");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isWhole ? Long.toString((long) value) : Double.toString(value);
    }
}
