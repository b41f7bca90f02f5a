package dev.sonde.bench;

import java.util.ArrayList;
import java.util.List;

/// Where a process runs: on one core or on any, in the host's network or in a namespace.
///
/// @param prefix the words before the command that put it there
record Place(List<String> prefix) {

    static final Place ANYWHERE = new Place(List.of());

    /// On one core; anywhere, where this machine cannot pin or has a single core.
    static Place onCore(int index) {
        return Machine.canPin()
                ? new Place(List.of("taskset", "-c", Integer.toString(Machine.cores().get(index))))
                : ANYWHERE;
    }

    /// The same in a network namespace.
    Place in(String namespace) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(prefix);
        return new Place(all);
    }

    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
