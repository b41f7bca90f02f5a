package dev.sonde.kernel;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of every call on real loopback sockets. It finds the calls that this host answers
/// truthfully.
///
/// Single use, on the thread that made it. A feature counts only if its answer makes sense. Some
/// sandboxes answer TCP_INFO with zeros, which would mean "nothing was lost".
final class SelfTest {

    private final Map<KernelFeature, String> missing = new EnumMap<>(KernelFeature.class);
    private final SocketCalls calls = new SocketCalls();

    KernelFeatures run() {
        String system = System.getProperty("os.name", "an unnamed system");
        if (!system.equals("Linux")) {
            return KernelFeatures.none("not Linux but " + system);
        }
        if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return KernelFeatures.none("not a 64-bit system");
        }
        if (!Descriptors.reachable()) {
            return KernelFeatures.none("started without " + Descriptors.FLAG);
        }
        try {
            testConnection();
            testErrorQueue();
            return new KernelFeatures(missing);
        } catch (IOException e) {
            return KernelFeatures.none("no connection over loopback: " + e);
        } catch (RuntimeException | LinkageError e) {
            return KernelFeatures.none("no native access: " + rootOf(e));
        }
    }

    private void testConnection() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(loopback, 0), 1);
            testListener(Descriptors.of(listener));
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
                testClient(Descriptors.of(client));
                note(KernelFeature.LOCAL_ADDRESS, nameFault(client));
            }
        }
    }

    private void testListener(int descriptor) {
        note(KernelFeature.ACCEPT_QUEUE, tcpInfoFault(descriptor, TcpState.LISTEN));
        note(
                KernelFeature.LISTENER_DROPS,
                getFault(descriptor, SocketOption.SO_MEMINFO, KernelSockets.MEMINFO_BYTES));
        note(KernelFeature.HANDSHAKE_FILTER, filterFault(descriptor));
    }

    /// Leaves the listener without a filter, so that the test goes on.
    private @Nullable String filterFault(int descriptor) {
        String fault =
                fault(
                        "setsockopt(SO_ATTACH_FILTER)",
                        KernelSockets.withhold(calls, descriptor, true));
        return fault != null
                ? fault
                : fault(
                        "setsockopt(SO_DETACH_FILTER)",
                        KernelSockets.withhold(calls, descriptor, false));
    }

    private void testClient(int descriptor) {
        note(KernelFeature.TCP_INFO, tcpInfoFault(descriptor, TcpState.ESTABLISHED));
        note(
                KernelFeature.SOCKET_ERROR,
                getFault(descriptor, SocketOption.SO_ERROR, Integer.BYTES));
        note(
                KernelFeature.SEND_QUEUE,
                fault("ioctl(SIOCOUTQ)", calls.number(descriptor, KernelSockets.SIOCOUTQ)));
        note(
                KernelFeature.UNSENT_QUEUE,
                fault("ioctl(SIOCOUTQNSD)", calls.number(descriptor, KernelSockets.SIOCOUTQNSD)));
        note(
                KernelFeature.USER_TIMEOUT,
                setFault(descriptor, SocketOption.TCP_USER_TIMEOUT, 1_000));
        note(KernelFeature.SYN_RETRIES, setFault(descriptor, SocketOption.TCP_SYNCNT, 3));
    }

    private void testErrorQueue() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ClosedPort port = ClosedPort.at(loopback)) {
            String fault = setFault(port.descriptor(), KernelSockets.errorQueueOf(loopback), 1);
            note(
                    KernelFeature.ERROR_QUEUE,
                    fault == null ? port.fault(new ErrorQueue(calls)) : fault);
        }
    }

    private @Nullable String tcpInfoFault(int descriptor, TcpState expected) {
        int length = calls.get(descriptor, SocketOption.TCP_INFO, TcpInfo.WHOLE_BYTES);
        if (length < 0) {
            return fault("getsockopt(TCP_INFO)", length);
        }
        TcpInfo info = TcpInfo.copyOf(calls.value(), length);
        if (info == null) {
            return "getsockopt(TCP_INFO) gave " + length + " bytes only";
        }
        if (info.state() != expected) {
            return "getsockopt(TCP_INFO) said " + info.state() + " of a socket that is " + expected;
        }
        boolean counts = expected == TcpState.LISTEN ? info.sacked() > 0 : countsSegments(info);
        return counts ? null : "getsockopt(TCP_INFO) leaves its counters at zero";
    }

    private static boolean countsSegments(TcpInfo info) {
        Long sent = info.segsOut();
        return info.rttMicros() != null && (sent == null || sent > 0);
    }

    private @Nullable String nameFault(SocketChannel client) throws IOException {
        int length = calls.name(Descriptors.of(client));
        if (length < 0) {
            return fault("getsockname", length);
        }
        InetSocketAddress name = SocketAddresses.at(calls.value(), 0);
        return client.getLocalAddress().equals(name) ? null : "getsockname gave " + name;
    }

    private @Nullable String getFault(int descriptor, SocketOption option, int bytes) {
        int length = calls.get(descriptor, option, bytes);
        if (length >= 0 && length < bytes) {
            return "getsockopt(" + option + ") gave " + length + " bytes only";
        }
        return fault("getsockopt(" + option + ")", length);
    }

    private @Nullable String setFault(int descriptor, SocketOption option, int number) {
        return fault("setsockopt(" + option + ")", calls.set(descriptor, option, number));
    }

    private static @Nullable String fault(String call, int answer) {
        return answer < 0 ? call + " answered " + Errno.of(-answer) : null;
    }

    private void note(KernelFeature feature, @Nullable String fault) {
        if (fault != null) {
            missing.put(feature, fault);
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
