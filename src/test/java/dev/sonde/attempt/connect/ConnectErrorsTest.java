package dev.sonde.attempt.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.kernel.QueuedError.Icmp;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The table from an error number to an outcome, and the way back from an exception to the number.
@SuppressWarnings("NullAway") // a null fails the test
class ConnectErrorsTest {

    private static final InetAddress TARGET = InetAddress.ofLiteral("192.0.2.9");
    private static final ConnectErrors ENGLISH = new ConnectErrors(ErrorTexts.english());
    private static final ConnectErrors OF_THIS_PROCESS =
            new ConnectErrors(ErrorTexts.ofThisProcess());

    private static final Set<Errno> TARGETS_FAULT =
            EnumSet.of(
                    Errno.ECONNREFUSED,
                    Errno.ENOPROTOOPT,
                    Errno.ETIMEDOUT,
                    Errno.EHOSTUNREACH,
                    Errno.EHOSTDOWN,
                    Errno.ENONET,
                    Errno.EPROTO,
                    Errno.ENETUNREACH,
                    Errno.EACCES,
                    Errno.EPIPE,
                    Errno.ECONNRESET);

    /// `connect` itself returned it, and a route leads there.
    @Test
    void processMayNotConnectWhereARouteExistsAndTheKernelForbidsIt() {
        InetAddress own = InetAddress.getLoopbackAddress();
        Outcome outcome = OwnErrors.ofRoute(Errno.EACCES, new InetSocketAddress(own, 1));
        assertThat(outcome.label() + "/" + outcome.reasonLabel())
                .isEqualTo("not_probed/no_permission");
        assertThat(outcome.detail()).contains("a security module of this host forbids it");
    }

    /// Exceptions as `handleSocketError` in the JDK's `Net.c` makes them.
    @ParameterizedTest
    @CsvSource({
        "ECONNREFUSED,  ConnectException,       Connection refused,                failed/refused",
        "ETIMEDOUT,     ConnectException,       Connection timed out,              failed/timed_out",
        "ENOTCONN,      ConnectException,       Transport endpoint is not connected, not_probed/local_error",
        "EHOSTUNREACH,  NoRouteToHostException, No route to host,                  failed/host_unreachable",
        "EADDRINUSE,    BindException,          Address already in use,            not_probed/no_local_port",
        "EADDRNOTAVAIL, BindException,          Cannot assign requested address,   not_probed/no_local_port",
        "EACCES,        BindException,          Permission denied,                 failed/prohibited",
        "EPROTO,        ProtocolException,      Protocol error,                    failed/parameter_problem",
        "ENETUNREACH,   SocketException,        Network is unreachable,            failed/net_unreachable",
        "ECONNRESET,    SocketException,        Connection reset by peer,          failed/reset",
        "ECONNRESET,    SocketException,        Connection reset,                  failed/reset",
        "EPIPE,         SocketException,        Broken pipe,                       failed/reset",
        "EINVAL,        SocketException,        Invalid argument,                  not_probed/local_error",
        "EMFILE,        SocketException,        Too many open files,               not_probed/no_descriptors",
        "ENFILE,        SocketException,        Too many open files in system,     not_probed/no_descriptors",
        "EPERM,         SocketException,        Operation not permitted,           not_probed/no_permission",
        "ENOPROTOOPT,   SocketException,        Protocol not available,            failed/refused",
        "EHOSTDOWN,     SocketException,        Host is down,                      failed/host_unreachable",
        "ENETDOWN,      SocketException,        Network is down,                   not_probed/local_error",
        "ENOBUFS,       SocketException,        No buffer space available,         not_probed/local_error",
        "ENOMEM,        SocketException,        Cannot allocate memory,            not_probed/local_error",
        "EAFNOSUPPORT,  SocketException,        Address family not supported by protocol, not_probed/local_error",
    })
    void textAndNumberAgree(Errno errno, String type, String text, String verdict) {
        for (ConnectErrors errors : new ConnectErrors[] {ENGLISH, OF_THIS_PROCESS}) {
            assertThat(errors.errnoOf(exception(type, text), 0)).isEqualTo(errno);
            assertThat(errors.errnoOf(exception(type, text + " (connect failed)"), 0))
                    .isEqualTo(errno);
            assertThat(errors.errnoOf(exception(type, text + ": db.example/10.0.0.1:80"), 0))
                    .isEqualTo(errno);
        }
        assertThat(verdict(ConnectErrors.ofConnect(errno))).isEqualTo(verdict);
        assertThat(ConnectErrors.ofConnect(errno).detail()).startsWith(errno.name() + ":");
    }

    @ParameterizedTest
    @CsvSource({
        "ConnectException,          0, ECONNREFUSED",
        "ConnectException,      2_999, ECONNREFUSED",
        "ConnectException,      3_000, ETIMEDOUT",
        "NoRouteToHostException,    0, EHOSTUNREACH",
        "BindException,             0, EADDRNOTAVAIL",
        "SocketException,           0, UNKNOWN",
        "ProtocolException,         0, UNKNOWN",
        "IOException,               0, UNKNOWN",
    })
    void typeDecidesAsFarAsItGoesWhenTheTextIsNotKnown(String type, String millis, Errno errno) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis.replace("_", "")));
        assertThat(ENGLISH.errnoOf(exception(type, "Verbindungsaufbau abgelehnt"), nanos))
                .isEqualTo(errno);
        assertThat(ENGLISH.errnoOf(exception(type, null), nanos)).isEqualTo(errno);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatTheTargetOrThePathSaidIsTheTargetsFault(Errno errno) {
        Outcome outcome = ConnectErrors.ofConnect(errno);
        assertThat(outcome instanceof Outcome.Failed).isEqualTo(TARGETS_FAULT.contains(errno));
        assertThat(outcome.phase()).isEqualTo(Phase.CONNECT);
    }

    @ParameterizedTest
    @EnumSource
    void bindIsNeverTheTargetsFault(Errno errno) {
        assertThat(ConnectErrors.ofSourceBind(errno)).isInstanceOf(Outcome.NotProbed.class);
    }

    @Test
    void unknownErrorIsOurs() {
        assertThat(ConnectErrors.ofConnect(Errno.UNKNOWN))
                .extracting("reason")
                .isEqualTo(NotProbedReason.LOCAL_ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsTheTargetsFaultBeforeAPacketLeft(Errno errno) {
        InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
        boolean isAnswered =
                EnumSet.of(Errno.ECONNREFUSED, Errno.ECONNRESET, Errno.EPIPE, Errno.ETIMEDOUT)
                        .contains(errno);
        assertThat(ConnectErrors.ofStart(errno, remote) instanceof Outcome.Failed)
                .isEqualTo(isAnswered);
    }

    @ParameterizedTest
    @CsvSource({
        "V4, 3,   5, EOPNOTSUPP,   failed/net_unreachable,   ICMP source route failed",
        "V4, 3,  77, EHOSTUNREACH, failed/host_unreachable,  ICMP destination unreachable",
        "V4, 11,  9, EHOSTUNREACH, failed/loop,              ICMP time exceeded",
        "V4, 12,  9, EPROTO,       failed/parameter_problem, ICMP parameter problem",
        "V4, 99,  0, EPROTO,       failed/host_unreachable,  ICMP message",
        "V6, 4,   1, EPROTO,       failed/parameter_problem, 'ICMPv6 parameter problem, unknown next header'",
        "V6, 3,   9, EHOSTUNREACH, failed/loop,              ICMPv6 time exceeded",
        "V6, 99,  0, EPROTO,       failed/host_unreachable,  ICMPv6 message",
    })
    void messageOfAnotherHostIsNeverALocalError(
            Version version, int type, int code, Errno errno, String verdict, String name) {
        InetAddress router = InetAddress.ofLiteral("192.0.2.1");
        Outcome outcome =
                IcmpCause.outcome(new Icmp(errno, version, type, code, router), TARGET, null);
        assertThat(verdict(outcome)).isEqualTo(verdict);
        assertThat(outcome.detail())
                .startsWith(errno + ": " + name + " (type " + type + ", code " + code + ")")
                .contains("from 192.0.2.1, not the target");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.9,  from the target,          the host is up",
        "192.0.2.1,  from this host itself,    on this host's own network",
        "192.0.2.5,  'from 192.0.2.5, not the target', on its last network",
        ",           (type 3; code 1):,        on its last network",
    })
    void senderDecidesWhatAMessageProves(String sender, String from, String meaning) {
        InetAddress offender = sender == null ? null : InetAddress.ofLiteral(sender);
        Icmp icmp = new Icmp(Errno.EHOSTUNREACH, Version.V4, 3, 1, offender);
        String detail =
                IcmpCause.outcome(icmp, TARGET, InetAddress.ofLiteral("192.0.2.1")).detail();
        assertThat(detail).contains(from.replace(';', ',')).contains(meaning);
    }

    private static String verdict(Outcome outcome) {
        return outcome.label() + "/" + outcome.reasonLabel();
    }

    private static Exception exception(String type, String message) {
        return switch (type) {
            case "ConnectException" -> new ConnectException(message);
            case "NoRouteToHostException" -> new NoRouteToHostException(message);
            case "BindException" -> new BindException(message);
            case "ProtocolException" -> new ProtocolException(message);
            case "SocketException" -> new SocketException(message);
            default -> new IOException(message);
        };
    }
}
