package dev.sonde.blackbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gauges in the Prometheus text format 0.0.4, families in the order of their names. Not
/// thread-safe.
final class GaugeText {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int USUAL_SAMPLES = 16;
    private static final int USUAL_BYTES = 2_048;

    /// The two lines in front of a family, by its name. The names are a closed set.
    private static final Map<String, byte[]> HEADS = new ConcurrentHashMap<>();

    private final List<Sample> samples = new ArrayList<>(USUAL_SAMPLES);
    private byte[] text = new byte[USUAL_BYTES];
    private int length;

    private record Sample(String name, String help, Map<String, String> labels, double value) {}

    GaugeText gauge(String name, String help, double value) {
        return gauge(name, help, Map.of(), value);
    }

    /// @param labels in the order in which they are to stand
    GaugeText gauge(String name, String help, Map<String, String> labels, double value) {
        samples.add(new Sample(name, help, labels, value));
        return this;
    }

    /// The text that was written so far, in UTF-8.
    byte[] toBytes() {
        samples.sort(Comparator.comparing(Sample::name));
        length = 0;
        String family = "";
        for (Sample sample : samples) {
            if (!family.equals(sample.name())) {
                family = sample.name();
                byte[] head = HEADS.get(family);
                append(head == null ? HEADS.computeIfAbsent(family, _ -> head(sample)) : head);
            }
            append(sample);
        }
        return Arrays.copyOf(text, length);
    }

    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    private void append(Sample sample) {
        append(sample.name());
        String between = "{";
        for (Map.Entry<String, String> label : sample.labels().entrySet()) {
            append(between);
            append(label.getKey());
            append("=\"");
            append(escaped(label.getValue()).replace("\"", "\\\""));
            append("\"");
            between = ",";
        }
        append(sample.labels().isEmpty() ? " " : "} ");
        append(number(sample.value()));
        append("\n");
    }

    /// Characters of ASCII, as most texts are, are their own bytes.
    private void append(String added) {
        reserve(added.length());
        for (int i = 0; i < added.length(); i++) {
            char c = added.charAt(i);
            if (c >= 0x80) {
                append(added.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            text[length++] = (byte) c;
        }
    }

    private void append(byte[] added) {
        reserve(added.length);
        System.arraycopy(added, 0, text, length, added.length);
        length += added.length;
    }

    private void reserve(int more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
        }
    }

    private static byte[] head(Sample sample) {
        String head =
                "# HELP %s %s\n# TYPE %s gauge\n"
                        .formatted(sample.name(), escaped(sample.help()), sample.name());
        return head.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isWhole ? Long.toString((long) value) : Double.toString(value);
    }
}
