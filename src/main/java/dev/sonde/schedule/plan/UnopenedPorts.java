package dev.sonde.schedule.plan;

import java.util.Set;

/// The ports that this service is about to listen on. Runs of their probes wait, as the schedule
/// starts before the web server. Safe for any thread.
public final class UnopenedPorts {

    private volatile Set<Integer> ports;

    public UnopenedPorts(Set<Integer> ports) {
        this.ports = Set.copyOf(ports);
    }

    boolean contains(int port) {
        Set<Integer> now = ports;
        return !now.isEmpty() && now.contains(port);
    }

    /// All are open, or never will be.
    public void open() {
        ports = Set.of();
    }
}
