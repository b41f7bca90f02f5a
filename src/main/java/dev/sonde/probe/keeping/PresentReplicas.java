package dev.sonde.probe.keeping;

import java.util.Set;

/// The replicas that share the database now. Safe for any thread; it never blocks.
@FunctionalInterface
public interface PresentReplicas {

    /// Their names, with the own one; empty where they are not known, as before the first view.
    Set<String> names();
}
