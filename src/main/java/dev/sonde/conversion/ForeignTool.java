package dev.sonde.conversion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tool whose definitions are converted.
public enum ForeignTool {
    /// Scrape jobs of Prometheus for blackbox_exporter, and the operator's `kind: Probe`.
    BLACKBOX,
    /// Gatus' `endpoints`.
    GATUS,
    /// A backup of Uptime Kuma 1.x, or the monitors by id that 2.x answers.
    UPTIME_KUMA;

    /// As requests and the command line write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Empty where no tool has the word.
    public static Optional<ForeignTool> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ForeignTool::word).toList();
    }
}
