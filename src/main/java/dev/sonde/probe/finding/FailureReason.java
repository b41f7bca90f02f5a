package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;

/// Why a target could not be reached. A closed list; the words are metric labels.
public enum FailureReason {
    /// The name service says that the name does not exist (NXDOMAIN).
    NAME_NOT_FOUND,
    /// The name exists and has no address of the wanted family.
    NO_ADDRESS,
    /// The name service answered with a failure (SERVFAIL, REFUSED and the like).
    NAME_SERVICE_FAILED,
    /// No answer from the name service within the timeout.
    RESOLVE_TIMED_OUT,
    /// The host, or something on the path, answered the SYN with a refusal (ECONNREFUSED).
    REFUSED,
    /// Nothing answered within the timeout, or the kernel gave up (ETIMEDOUT).
    TIMED_OUT,
    /// The last hop could not reach the host (EHOSTUNREACH).
    HOST_UNREACHABLE,
    /// No route leads there (ENETUNREACH).
    NET_UNREACHABLE,
    /// A firewall or a router says administratively prohibited.
    PROHIBITED,
    /// The SYN's hop limit was used up on the way (ICMP time exceeded).
    LOOP,
    /// The header of the SYN was rejected on the way (ICMP parameter problem).
    PARAMETER_PROBLEM,
    /// The handshake completed and the peer aborted the connection (ECONNRESET).
    RESET,
    /// Our end is connected, but the peer repeats its SYN-ACK and acknowledges no data: its accept
    /// queue is full.
    HALF_ESTABLISHED,
    /// Nothing acknowledges what was sent on the connection.
    UNACKNOWLEDGED,
    /// The peer's kernel acknowledged what was sent, and no answer came in time.
    NO_ANSWER,
    /// The peer ended the connection before it answered, or while it was to be held.
    CLOSED_BY_PEER,
    /// Something else came than what the dialogue expects.
    UNEXPECTED_ANSWER,
    /// An answer came that the dialogue rejects.
    REJECTED_ANSWER,
    /// Our own kernel gave up a peer that no longer answers on a connection.
    PEER_LOST,
    /// The peer's window is zero: its program does not read.
    SEND_STALLED_ZERO_WINDOW,
    /// Data sent on the connection are lost.
    SEND_STALLED_LOSS,
    /// No trusted authority vouches for the peer's certificate.
    TLS_UNTRUSTED,
    /// A certificate of the peer's chain is expired, or not valid yet.
    TLS_EXPIRED,
    /// The stapled OCSP response says that the peer's certificate is revoked.
    TLS_REVOKED,
    /// The peer's certificate does not bear the name that was asked for.
    TLS_HOSTNAME_MISMATCH,
    /// The peer ended the TLS handshake, or what came after it, with an alert.
    TLS_ALERT,
    /// The TLS handshake failed otherwise: the peer does not speak TLS, or closed in the middle.
    TLS_HANDSHAKE_FAILED,
    /// The peer broke the rules of TLS after a good handshake.
    TLS_PROTOCOL_ERROR;

    private final String label = EnumLabel.of(this);

    /// The word in results and metric labels.
    public String label() {
        return label;
    }
}
