package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.kernel.QueuedError;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the errors of a connect and of a bind mean: the one table from an error number to an
/// [Outcome].
///
/// The number comes from the kernel where it can be asked; else it is read back from what the JDK
/// throws ([#errnoOf]). What is not recognised is not blamed on the target.
public final class ConnectErrors {

    /// The kernel gives up no sooner: one SYN and one repetition (tcp(7), tcp_syn_retries).
    private static final long SOONEST_KERNEL_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ErrorTexts texts;

    public ConnectErrors(ErrorTexts texts) {
        this.texts = texts;
    }

    /// The number behind an exception of `connect`, `finishConnect`, `bind` or `open`.
    ///
    /// Types come from `handleSocketError` in the JDK's `libnio/ch/Net.c`: ECONNREFUSED, ETIMEDOUT
    /// and ENOTCONN are all [ConnectException]; EHOSTUNREACH is [NoRouteToHostException];
    /// EADDRINUSE, EADDRNOTAVAIL and EACCES are [BindException], also from a connect; the rest is a
    /// bare `SocketException`. A text that is not known is read by its type as far as that goes.
    ///
    /// @param elapsedNanos since `connect`
    public Errno errnoOf(Exception cause, long elapsedNanos) {
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

    /// A connect that the kernel ended, with the ICMP message that made it do so.
    ///
    /// @param own this end's address; null where it is not known
    static Outcome ofIcmp(QueuedError.Icmp icmp, @Nullable InetAddress own) {
        String message = icmp.errno() + ": " + IcmpNames.describe(icmp, own);
        return IcmpNames.isProhibition(icmp)
                ? failed(FailureReason.PROHIBITED, message + ": a firewall or a router forbids it")
                : withDetail(ofConnect(icmp.errno()), message + meaning(icmp.errno()));
    }

    private static String meaning(Errno errno) {
        return switch (errno) {
            case ECONNREFUSED ->
                    ": the host is up and nothing listens on the port, or a firewall rejects";
            case ENOPROTOOPT -> ": the host is up and does not take TCP";
            case EHOSTUNREACH, EHOSTDOWN ->
                    ": nobody answers for the address on its last network, or a route says so";
            case ENETUNREACH -> ": no route leads on from there";
            default -> "";
        };
    }

    /// A connect that a RST ended.
    static Outcome ofRst() {
        return failed(
                FailureReason.REFUSED,
                "ECONNREFUSED: a RST answered the SYN: the host is up and nothing listens on the port,"
                        + " or a firewall rejects");
    }

    /// A connect that the kernel ended.
    static Outcome ofConnect(Errno errno) {
        return switch (errno) {
            case ECONNREFUSED ->
                    failed(
                            FailureReason.REFUSED,
                            "ECONNREFUSED: the SYN was refused: the host is up and nothing listens"
                                    + " on the port, or a firewall says so");
            case ENOPROTOOPT ->
                    failed(
                            FailureReason.REFUSED,
                            "ENOPROTOOPT: the host is up and says that it does not take TCP");
            case ETIMEDOUT ->
                    failed(
                            FailureReason.TIMED_OUT,
                            "ETIMEDOUT: nothing answered the SYN until the kernel gave up");
            case EHOSTUNREACH, EHOSTDOWN ->
                    failed(
                            FailureReason.HOST_UNREACHABLE,
                            errno
                                    + ": nobody answers for the address on its last network, or a"
                                    + " route says that it is unreachable");
            case ENETUNREACH ->
                    failed(
                            FailureReason.NET_UNREACHABLE,
                            "ENETUNREACH: no route leads to the network, here or further on");
            case EACCES ->
                    failed(
                            FailureReason.PROHIBITED,
                            "EACCES: a route or an ICMP message says administratively prohibited");
            // The kernel says EPIPE where a FIN came before the RST (tcp_reset, CLOSE_WAIT).
            case ECONNRESET, EPIPE ->
                    failed(
                            FailureReason.RESET,
                            errno
                                    + ": the handshake completed and the peer aborted the"
                                    + " connection at once");
            case EPERM ->
                    notProbed(
                            NotProbedReason.NO_PERMISSION,
                            "EPERM: a rule on this host forbids the connect");
            case EADDRNOTAVAIL, EADDRINUSE -> noLocalPort(errno);
            default -> ofThisHost(errno);
        };
    }

    /// A bind to the source address that the settings name, or the socket's creation: always this
    /// host's matter.
    public static Outcome ofSourceBind(Errno errno) {
        return switch (errno) {
            case EACCES, EPERM ->
                    notProbed(
                            NotProbedReason.NO_PERMISSION,
                            errno + ": this process may not bind the source address");
            case EADDRINUSE -> noLocalPort(errno);
            case EADDRNOTAVAIL ->
                    notProbed(
                            NotProbedReason.LOCAL_ERROR,
                            "EADDRNOTAVAIL: the source address is not one of this host's");
            default -> ofThisHost(errno);
        };
    }

    /// The interface of the source address is gone.
    static Outcome ofMissingSource(String detail) {
        return notProbed(NotProbedReason.LOCAL_ERROR, "settings.sourceAddress: " + detail);
    }

    private static Outcome ofThisHost(Errno errno) {
        return switch (errno) {
            case EMFILE, ENFILE ->
                    notProbed(
                            NotProbedReason.NO_DESCRIPTORS,
                            errno + ": no file descriptor is free on this host");
            case EINVAL ->
                    notProbed(
                            NotProbedReason.LOCAL_ERROR,
                            "EINVAL: this host cannot send there: a blackhole route, a link-local"
                                    + " address without its interface, or a source address that"
                                    + " does not reach the target");
            default ->
                    notProbed(
                            NotProbedReason.LOCAL_ERROR,
                            errno + ": an error of this host, which says nothing about the target");
        };
    }

    private static Outcome noLocalPort(Errno errno) {
        return notProbed(
                NotProbedReason.NO_LOCAL_PORT,
                errno
                        + ": no local port is free for this destination; closing with RST leaves"
                        + " none in TIME_WAIT");
    }

    private static Outcome withDetail(Outcome outcome, String detail) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> outcome;
            case Outcome.Failed failed ->
                    new Outcome.Failed(failed.reason(), failed.phase(), detail);
            case Outcome.NotProbed not -> new Outcome.NotProbed(not.reason(), not.phase(), detail);
        };
    }

    private static Outcome failed(FailureReason reason, String detail) {
        return new Outcome.Failed(reason, Phase.CONNECT, detail);
    }

    private static Outcome notProbed(NotProbedReason reason, String detail) {
        return new Outcome.NotProbed(reason, Phase.CONNECT, detail);
    }
}
