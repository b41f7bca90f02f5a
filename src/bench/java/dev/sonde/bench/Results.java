package dev.sonde.bench;

import java.util.List;
import java.util.Optional;

/// The rows of one table, found by what they are.
record Results(List<Series> all) {

    Results {
        all = List.copyOf(all);
    }

    Series of(String label, int inFlight) {
        return find(label, inFlight)
                .orElseThrow(() -> new IllegalArgumentException("no row " + label));
    }

    Optional<Series> find(String label, int inFlight) {
        return all.stream()
                .filter(series -> series.contender().label().equals(label))
                .filter(series -> series.contender().inFlight() == inFlight)
                .findFirst();
    }
}
