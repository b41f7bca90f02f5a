package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// The errors of this host itself, by their cause. They say nothing about the target, so each is
/// `not_probed`.
final class OwnErrors {

    /// The IPv6 addresses of the calling thread's network namespace, one a line.
    private static final Path IPV6_ADDRESSES = Path.of("/proc/thread-self/net/if_inet6");

    private OwnErrors() {}

    /// An error with a cause that its number says.
    static Outcome of(Errno errno) {
        return switch (errno) {
            case EPERM -> noPermission("EPERM: a rule of this host's firewall forbids the connect");
            case EADDRNOTAVAIL, EADDRINUSE ->
                    notProbed(
                            NotProbedReason.NO_LOCAL_PORT,
                            errno
                                    + ": no local port is free for this destination; closing with"
                                    + " RST leaves none in TIME_WAIT");
            case EMFILE, ENFILE ->
                    notProbed(
                            NotProbedReason.NO_DESCRIPTORS,
                            errno + ": no file descriptor is free on this host");
            case ENOBUFS, ENOMEM ->
                    local(errno + ": this host's kernel has no memory left for another socket");
            case EAFNOSUPPORT -> local(noIpv6(errno));
            case ENETDOWN -> local("ENETDOWN: the interface of this host that leads there is down");
            case EINVAL ->
                    local(
                            "EINVAL: this host cannot send there: a blackhole route of its own, "
                                    + "a link-local address without its interface, or an "
                                    + "unsuitable source address");
            default ->
                    local(errno + ": an error of this host, which says nothing about the target");
        };
    }

    /// An error of `connect` itself: no packet has left this host.
    static Outcome ofRoute(Errno errno, InetSocketAddress remote) {
        return switch (errno) {
            case EHOSTUNREACH, EHOSTDOWN ->
                    local(
                            errno
                                    + ": a route of this host's own says that the address is"
                                    + " unreachable; nothing was sent");
            case ENETUNREACH ->
                    local(
                            lacksIpv6(remote)
                                    ? noIpv6(errno)
                                    : "ENETUNREACH: no route of this host's own leads to the"
                                            + " address; nothing was sent");
            case EACCES ->
                    isRoutable(remote)
                            ? noPermission(
                                    "EACCES: this process may not connect: a security module of"
                                            + " this host forbids it; nothing was sent")
                            : local(
                                    "EACCES: a route of this host's own prohibits the address;"
                                            + " nothing was sent");
            case EADDRNOTAVAIL -> lacksIpv6(remote) ? local(noIpv6(errno)) : of(errno);
            default -> of(errno);
        };
    }

    static Outcome noPermission(String detail) {
        return notProbed(NotProbedReason.NO_PERMISSION, detail);
    }

    static Outcome local(String detail) {
        return notProbed(NotProbedReason.LOCAL_ERROR, detail);
    }

    private static String noIpv6(Errno errno) {
        return errno + ": this host has no IPv6";
    }

    private static boolean lacksIpv6(InetSocketAddress remote) {
        try {
            return remote.getAddress() instanceof Inet6Address
                    && Files.readString(IPV6_ADDRESSES).isBlank();
        } catch (IOException _) {
            return true; // a kernel without IPv6 has no such file
        }
    }

    /// Whether a route leads there, asked of a UDP socket that sends nothing. A security module
    /// that forbids a TCP connect does not forbid this one.
    private static boolean isRoutable(InetSocketAddress remote) {
        try (DatagramChannel asking = DatagramChannel.open()) {
            asking.connect(remote);
            return true;
        } catch (IOException | RuntimeException _) {
            return false; // the route says no to any protocol
        }
    }

    private static Outcome notProbed(NotProbedReason reason, String detail) {
        return new Outcome.NotProbed(reason, Phase.CONNECT, detail);
    }
}
