package dev.sonde.definition;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListener;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The wanted listeners of a set, divided by the replicas that hold them.
///
/// @param here those that this replica has or is to open
/// @param elsewhere one part for each other replica
record PartedSet(List<ListenerSpec> here, List<SetParts.Part> elsewhere) {

    /// Every replica reads the files, and touches only its own listeners.
    ///
    /// @param listeners of this replica
    static PartedSet of(
            String set,
            Collection<ListenerSpec> wanted,
            Listeners listeners,
            ForeignListeners foreign) {
        if (set.equals(DefinitionFiles.SET)) {
            return new PartedSet(List.copyOf(wanted), List.of());
        }
        Set<String> own =
                listeners.definitions().stream()
                        .map(each -> each.spec().name())
                        .collect(Collectors.toSet());
        Map<String, SetParts.Part> parts = new TreeMap<>();
        for (ForeignListener each : foreign.ofSet(set)) {
            part(parts, each.replica()).before().put(each.name(), each.definition().spec());
        }
        List<ListenerSpec> here = new ArrayList<>();
        for (ListenerSpec spec : wanted) {
            Optional<String> holder =
                    own.contains(spec.name()) ? Optional.empty() : foreign.otherHolder(spec.name());
            holder.ifPresentOrElse(
                    replica -> part(parts, replica).after().put(spec.name(), spec),
                    () -> here.add(spec));
        }
        return new PartedSet(here, List.copyOf(parts.values()));
    }

    private static SetParts.Part part(Map<String, SetParts.Part> parts, String replica) {
        return parts.computeIfAbsent(
                replica, name -> new SetParts.Part(name, new TreeMap<>(), new TreeMap<>()));
    }
}
