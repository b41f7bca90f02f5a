package dev.sonde.kernel;

import java.util.Locale;

/// A datum or option of the kernel that a host may withhold. Each is tested on its own at start.
public enum KernelFeature {
    /// The state and the counters of a connection: [KernelSockets#tcpInfo].
    TCP_INFO,
    /// The pending error of a socket: [KernelSockets#takeError].
    SOCKET_ERROR,
    /// Our own end of a connect that failed: [KernelSockets#localAddress].
    LOCAL_ADDRESS,
    /// ICMP messages with their sender: [KernelSockets#queueErrors], [KernelSockets#pollError].
    ERROR_QUEUE,
    /// Bytes that the peer has not acknowledged: [KernelSockets#unacknowledgedBytes].
    SEND_QUEUE,
    /// Bytes that have not been sent: [KernelSockets#unsentBytes].
    UNSENT_QUEUE,
    /// Length and limit of a listener's accept queue: [KernelSockets#acceptQueue].
    ACCEPT_QUEUE,
    /// How many handshakes a listener dropped: [KernelSockets#drops].
    LISTENER_DROPS,
    /// When to give up on unacknowledged data: [KernelSockets#setUserTimeout].
    USER_TIMEOUT,
    /// How often to repeat a SYN: [KernelSockets#setSynRetries].
    SYN_RETRIES,
    /// Handshakes that never end on the listener's side: [KernelSockets#withholdHandshakes].
    HANDSHAKE_FILTER;

    /// The name in health details and info: lower snake case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
