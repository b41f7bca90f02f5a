package dev.sonde.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports on loopback whose state is known.
public final class Endpoints {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int FIRST = 10_000;
    private static final int FEWEST = 1_000;

    /// Where the next search begins; another process begins elsewhere.
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 997 % 1_000_003));

    private Endpoints() {}

    /// A listener with room for many.
    public static ServerSocket open() throws IOException {
        return new ServerSocket(0, 1_024, LOOPBACK);
    }

    /// A listener with a queue that is full after so many and one more.
    public static ServerSocket open(int backlog) throws IOException {
        return new ServerSocket(0, backlog, LOOPBACK);
    }

    /// A listener on a port that is used on another address.
    public static ServerSocket open(String address, int port) throws IOException {
        return new ServerSocket(port, 1_024, InetAddress.ofLiteral(address));
    }

    /// A port at which nothing listens, told once to this process. The kernel gives it to nobody
    /// who asks for any port, neither a listener nor the near end of a connection, so that it
    /// stays free until somebody binds it by its number.
    public static int freePort() throws IOException {
        int end = firstEphemeralPort();
        if (end - FIRST < FEWEST) {
            try (ServerSocket any = open()) {
                return any.getLocalPort();
            }
        }
        for (int tries = 0; tries < end - FIRST; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), end - FIRST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("every port from " + FIRST + " to " + end + " is taken");
    }

    private static int firstEphemeralPort() throws IOException {
        try (Scanner range = new Scanner(EPHEMERAL, US_ASCII)) {
            return range.nextInt();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
