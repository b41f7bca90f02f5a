package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a check's results.
///
/// @param next where the next page starts; absent when nothing more is there
public record ResultPage(List<ProbeResult> items, @Nullable Integer next) {

    public ResultPage {
        items = List.copyOf(items);
    }
}
