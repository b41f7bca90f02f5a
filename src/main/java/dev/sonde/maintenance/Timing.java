package dev.sonde.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The windows of a maintenance.
public sealed interface Timing permits OnceTiming, CronTiming {

    /// The first window that ends after an instant; absent where there is none.
    @Nullable MaintenanceWindow next(Instant after);

    /// Windows that end after an instant, in the order of time.
    ///
    /// @param most how many are wanted
    default List<MaintenanceWindow> next(Instant after, int most) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        MaintenanceWindow window = next(after);
        while (window != null && windows.size() < most) {
            windows.add(window);
            window = next(window.to());
        }
        return List.copyOf(windows);
    }
}
