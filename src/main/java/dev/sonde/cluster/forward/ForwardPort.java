package dev.sonde.cluster.forward;

/// The open port for forwarded requests.
@FunctionalInterface
public interface ForwardPort {

    /// The bound port; not above 0 where there is none.
    int port();
}
