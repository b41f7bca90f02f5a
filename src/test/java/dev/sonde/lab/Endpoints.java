package dev.sonde.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports on loopback whose state is known.
public final class Endpoints {

    private Endpoints() {}

    /// A listener with room for many.
    public static ServerSocket open() throws IOException {
        return new ServerSocket(0, 1_024, InetAddress.ofLiteral("127.0.0.1"));
    }

    /// A port that was free a moment ago.
    public static int closedPort() throws IOException {
        try (ServerSocket listener = open()) {
            return listener.getLocalPort();
        }
    }
}
