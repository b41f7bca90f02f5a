package dev.sonde.schedule.foreign;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.DefinitionKeeper;
import dev.sonde.schedule.plan.ForeignProbe;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The keepers of definitions in the file, one for all probes of a set. Safe for any thread.
final class SharedKeepers {

    /// Sets whose probes share an object.
    private static final int MOST_SETS = 10_000;

    private final Function<ForeignProbe, ProbeDefinition> file;
    private final Map<String, DefinitionKeeper> bySet = new ConcurrentHashMap<>();
    private final DefinitionKeeper ofNoSet = new InFile(null);

    /// @param file reads the definition of a probe
    SharedKeepers(Function<ForeignProbe, ProbeDefinition> file) {
        this.file = file;
    }

    /// @param set absent for probes of no set
    DefinitionKeeper of(@Nullable String set) {
        if (set == null) {
            return ofNoSet;
        }
        DefinitionKeeper known = bySet.get(set);
        if (known == null) {
            known = new InFile(set);
            if (bySet.size() < MOST_SETS) {
                bySet.put(set, known);
            }
        }
        return known;
    }

    private final class InFile implements DefinitionKeeper {

        private final @Nullable String set;

        InFile(@Nullable String set) {
            this.set = set;
        }

        @Override
        public ProbeDefinition definition(ForeignProbe probe) {
            return file.apply(probe);
        }

        @Override
        public @Nullable String set() {
            return set;
        }
    }
}
