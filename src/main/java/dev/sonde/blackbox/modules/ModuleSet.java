package dev.sonde.blackbox.modules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The modules of one reading of the file.
///
/// @param yaml the file as it was understood, secrets masked
public record ModuleSet(Map<String, Module> modules, String yaml) {

    public ModuleSet {
        modules = Map.copyOf(modules);
    }

    /// The modules without a file.
    static ModuleSet builtIn() {
        return new ModuleSet(
                new TreeMap<>(Map.of("tcp_connect", Module.plainConnect("tcp_connect"))),
                "modules:\n  tcp_connect:\n    prober: tcp\n");
    }

    /// The names of those in which something is wrong, in alphabetical order.
    List<String> invalid() {
        return modules.values().stream()
                .filter(module -> module.use() instanceof Module.Use.Invalid)
                .map(Module::name)
                .sorted()
                .toList();
    }

    public Optional<Module> find(String name) {
        return Optional.ofNullable(modules.get(name));
    }
}
