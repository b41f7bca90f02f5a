package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a check's results.
///
/// @param next start of the next page; absent on the last page
public record ResultPage(List<ProbeResult> items, @Nullable Integer next) {

    public ResultPage {
        items = List.copyOf(items);
    }
}
