package dev.sonde.api.server;

import java.io.IOException;

/// The memory for request bodies is full.
final class BodyMemoryException extends IOException {

    private static final long serialVersionUID = 1L;
}
