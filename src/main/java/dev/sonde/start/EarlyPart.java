package dev.sonde.start;

import org.springframework.core.Ordered;

/// A part of the service that starts before the web server and its beans are made. Parts start by
/// their order, on Spring's main thread.
public interface EarlyPart extends Ordered {

    void startEarly();
}
