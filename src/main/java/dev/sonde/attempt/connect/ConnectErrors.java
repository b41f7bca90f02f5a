package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeUnit;

/// The meaning of the errors of a connect and of a bind: the one table from an error number to an
/// [Outcome].
///
/// The number comes from the kernel where it can be asked. Otherwise it is derived from the JDK's
/// exception ([#errnoOf]). An unrecognised error is not blamed on the target.
public final class ConnectErrors {

    /// The kernel gives up no sooner: one SYN and one repetition (tcp(7), tcp_syn_retries).
    private static final long SOONEST_KERNEL_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ErrorTexts texts;

    public ConnectErrors(ErrorTexts texts) {
        this.texts = texts;
    }

    /// The number behind an exception of `connect`, `finishConnect`, `bind` or `open`.
    ///
    /// Types come from `handleSocketError` in the JDK's `libnio/ch/Net.c`. ECONNREFUSED, ETIMEDOUT
    /// and ENOTCONN are all [ConnectException]. EHOSTUNREACH is [NoRouteToHostException].
    /// EADDRINUSE, EADDRNOTAVAIL and EACCES are [BindException], also from a connect. Any other
    /// error is a bare `SocketException`. An unknown text is read by its exception's type.
    ///
    /// @param elapsedNanos since `connect`
    public Errno errnoOf(Exception cause, long elapsedNanos) {
        if (cause instanceof UnsupportedAddressTypeException) {
            return Errno.EAFNOSUPPORT; // the JDK found no IPv6 on this host when it started
        }
        Errno byText = texts.errnoOf(String.valueOf(cause.getMessage()));
        if (byText != Errno.UNKNOWN) {
            return byText;
        }
        return switch (cause) {
            case NoRouteToHostException _ -> Errno.EHOSTUNREACH;
            case BindException _ -> Errno.EADDRNOTAVAIL;
            case ConnectException _ ->
                    elapsedNanos < SOONEST_KERNEL_TIMEOUT_NANOS
                            ? Errno.ECONNREFUSED
                            : Errno.ETIMEDOUT;
            default -> Errno.UNKNOWN;
        };
    }

    /// An error that nobody expected says nothing about the target; its text is for the log.
    public static Outcome unexpected(Phase phase) {
        return new Outcome.NotProbed(
                NotProbedReason.LOCAL_ERROR,
                phase,
                "an unexpected error of this service, which says nothing about the target; its log"
                        + " has the cause");
    }

    /// A connect that a RST ended.
    static Outcome ofRst() {
        return failed(
                FailureReason.REFUSED,
                "ECONNREFUSED: a RST answered the SYN: the host is up and nothing listens on the port,"
                        + " or a firewall rejects");
    }

    /// A connect that met its own socket.
    static Outcome ofSelf() {
        return failed(
                FailureReason.REFUSED,
                "nothing listens there: the kernel gave the socket the target's own port"
                        + " and it connected to itself");
    }

    /// A connect that failed after its SYN, without an ICMP message that says more.
    static Outcome ofConnect(Errno errno) {
        return switch (errno) {
            case ECONNREFUSED ->
                    failed(
                            FailureReason.REFUSED,
                            "ECONNREFUSED: the SYN was refused: the host is up and nothing listens"
                                    + " on the port, or a firewall rejects");
            case ENOPROTOOPT ->
                    failed(
                            FailureReason.REFUSED,
                            "ENOPROTOOPT: the host does not take TCP, or a firewall rejects");
            case ETIMEDOUT ->
                    failed(
                            FailureReason.TIMED_OUT,
                            "ETIMEDOUT: nothing answered the SYN until the kernel gave up");
            // The kernel says EPIPE where a FIN came before the RST (tcp_reset, CLOSE_WAIT).
            case ECONNRESET, EPIPE ->
                    failed(
                            FailureReason.RESET,
                            errno
                                    + ": the handshake completed and the peer aborted the"
                                    + " connection at once");
            default -> ofIcmp(errno);
        };
    }

    /// A connect that an ICMP message ended, of which only the error number is known.
    private static Outcome ofIcmp(Errno errno) {
        return switch (errno) {
            case EHOSTUNREACH, EHOSTDOWN, ENONET ->
                    failed(
                            FailureReason.HOST_UNREACHABLE,
                            errno
                                    + ": nobody answers for the address on its last network, or a"
                                    + " router says that it is unreachable");
            case ENETUNREACH ->
                    failed(
                            FailureReason.NET_UNREACHABLE,
                            "ENETUNREACH: a router says that no route leads to the network");
            case EACCES ->
                    failed(
                            FailureReason.PROHIBITED,
                            "EACCES: an ICMP message says administratively prohibited");
            case EPROTO ->
                    failed(
                            FailureReason.PARAMETER_PROBLEM,
                            "EPROTO: an ICMP message rejects the header of the SYN");
            default -> OwnErrors.of(errno);
        };
    }

    /// A connect that the kernel refused at once. Nothing was sent, so the cause is on this host,
    /// except for a refusal of a local port.
    public static Outcome ofStart(Errno errno, InetSocketAddress remote) {
        return switch (errno) {
            case ECONNREFUSED, ECONNRESET, EPIPE, ETIMEDOUT -> ofConnect(errno);
            default -> OwnErrors.ofRoute(errno, remote);
        };
    }

    /// A bind to the source address of the settings, or the socket's creation. The cause is always
    /// on this host.
    public static Outcome ofSourceBind(Errno errno) {
        return switch (errno) {
            case EACCES, EPERM ->
                    OwnErrors.noPermission(
                            errno + ": this process may not bind the source address");
            case EADDRINUSE -> OwnErrors.of(errno);
            case EADDRNOTAVAIL ->
                    OwnErrors.local("EADDRNOTAVAIL: the source address is not one of this host's");
            default -> OwnErrors.of(errno);
        };
    }

    /// The interface of the source address is gone.
    static Outcome ofMissingSource(String detail) {
        return OwnErrors.local("settings.sourceAddress: " + detail);
    }

    private static Outcome failed(FailureReason reason, String detail) {
        return new Outcome.Failed(reason, Phase.CONNECT, detail);
    }
}
