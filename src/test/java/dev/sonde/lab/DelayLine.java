package dev.sonde.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/// A path between a lab's namespaces that holds every packet for a time: two TUN devices and a
/// queue in this process for each direction. It stands in for `tc netem`, which not every kernel
/// has.
///
/// ```
/// client 10.78.0.1 -- tun -> queue -> tun -- 10.78.0.2 server
/// ```
///
/// A round trip takes twice the delay and what the two threads oversleep: 0.2 to 0.8 ms. They run
/// with real-time priority where that may be had, so that a busy machine does not add to it.
public final class DelayLine implements AutoCloseable {

    public static final String SERVER = "10.78.0.2";

    private static final String TUN = "/dev/net/tun";
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final long TUNSETIFF = 0x4004_54CA;
    private static final short IFF_TUN_NO_PI = 0x1001;

    private final int clientSide;
    private final int serverSide;
    private final DelayedDirection there;
    private final DelayedDirection back;

    private DelayLine(int clientSide, int serverSide, Duration oneWay) {
        this.clientSide = clientSide;
        this.serverSide = serverSide;
        this.there = new DelayedDirection(clientSide, serverSide, oneWay);
        this.back = new DelayedDirection(serverSide, clientSide, oneWay);
    }

    /// Lays the path into a lab; skips the test where the host has no TUN device.
    public static DelayLine open(Lab lab, Duration oneWay) throws IOException {
        LabRequirement.file(TUN);
        int clientSide = device(lab.client(), "10.78.0.1");
        int serverSide = device(lab.server(), SERVER);
        DelayLine line = new DelayLine(clientSide, serverSide, oneWay);
        line.there.start();
        line.back.start();
        return line;
    }

    private static int device(Namespace namespace, String address) throws IOException {
        int descriptor = namespace.call(DelayLine::createDevice);
        namespace.ip(
                """
                address add %s/24 dev tun0
                link set tun0 txqueuelen 10000 up
                """
                        .formatted(address));
        return descriptor;
    }

    /// The device appears in the namespace of the thread that asks for it.
    private static int createDevice() throws IOException {
        int descriptor = Posix.open(TUN, O_RDWR | O_NONBLOCK);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(40); // struct ifreq: a name, then flags at 16
            request.setString(0, "tun0");
            request.set(ValueLayout.JAVA_SHORT, 16, IFF_TUN_NO_PI);
            Posix.ioctl(descriptor, TUNSETIFF, request);
        }
        return descriptor;
    }

    /// Whether the delay is kept however busy the machine is.
    public boolean isRealTime() {
        return there.isRealTime() && back.isRealTime();
    }

    @Override
    public void close() throws IOException {
        there.close();
        back.close();
        Posix.close(clientSide);
        Posix.close(serverSide);
    }
}
