package dev.sonde.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The maintenances that go on in a stretch of time in which none begins or ends.
///
/// @param all the maintenances that there are
/// @param to when the next window begins or ends; [Instant#MAX] where none does
/// @param going the one that ends last first
record PresentMaintenances(
        List<Maintenance> all, Instant from, Instant to, List<UnderMaintenance> going) {

    static PresentMaintenances of(List<Maintenance> all, Instant at) {
        List<UnderMaintenance> going = new ArrayList<>();
        Instant to = Instant.MAX;
        for (Maintenance each : all) {
            MaintenanceWindow window = each.at(at);
            if (window != null) {
                going.add(new UnderMaintenance(each, window));
            }
            MaintenanceWindow next = each.timing().next(at);
            to = earlier(to, each.createdAt(), at);
            if (next != null) {
                to = earlier(earlier(to, next.from(), at), next.to(), at);
            }
        }
        going.sort(Comparator.comparing((UnderMaintenance it) -> it.window().to()).reversed());
        return new PresentMaintenances(all, at, to, List.copyOf(going));
    }

    boolean covers(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /// The maintenance that a probe is under, the one that ends last if several; absent where there
    /// is none.
    @Nullable UnderMaintenance find(String probe, Map<String, String> labels) {
        for (int i = 0; i < going.size(); i++) {
            if (going.get(i).maintenance().selection().matches(probe, labels)) {
                return going.get(i);
            }
        }
        return null;
    }

    /// The earlier of two instants, where the second one is still to come.
    private static Instant earlier(Instant known, Instant other, Instant at) {
        return other.isAfter(at) && other.isBefore(known) ? other : known;
    }
}
