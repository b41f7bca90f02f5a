package dev.sonde.store;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Definitions and results as the service makes them.
public final class Samples {

    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final Target TARGET = new Target("db.example", 5432);
    static final ProbeSpec SPEC = ProbeSpec.of(TARGET, Duration.ofSeconds(10));
    public static final Outcome SUCCEEDED = Outcome.Succeeded.connected();
    public static final Outcome REFUSED =
            new Outcome.Failed(
                    FailureReason.REFUSED,
                    Phase.CONNECT,
                    "a RST answered the SYN: the host is up and nothing listens on the port");

    private Samples() {}

    static ProbeDefinition definition(String name) {
        return ProbeDefinition.create(name, SPEC, START);
    }

    /// A result of one attempt.
    ///
    /// @param second after the start, which is also what tells ids apart
    public static ProbeResult result(String probe, long second, Outcome outcome) {
        Instant at = START.plusSeconds(second).plusNanos(123_456_000);
        return new ProbeResult(id(at), probe, TARGET, at, List.of(attempt(outcome)));
    }

    public static ProbeResult result(String probe, long second) {
        return result(probe, second, SUCCEEDED);
    }

    static UUID id(Instant at) {
        return new UUID((at.toEpochMilli() << 16) | 0x7abc, 0x8000_0000_0000_0001L);
    }

    public static AttemptResult attempt(Outcome outcome) {
        return new AttemptResult(
                new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 5432),
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 41822),
                outcome,
                List.of(
                        new PhaseTime(Phase.QUEUE, 12_345),
                        new PhaseTime(Phase.RESOLVE, 300_000),
                        new PhaseTime(Phase.CONNECT, 512_345)),
                new Evidence(
                        Evidence.Source.TCP_INFO,
                        Evidence.State.ESTABLISHED,
                        61L,
                        false,
                        0L,
                        null,
                        null,
                        null,
                        1448L,
                        1500L,
                        List.of(
                                Evidence.Option.TIMESTAMPS,
                                Evidence.Option.SACK,
                                Evidence.Option.WINDOW_SCALE)),
                List.of(
                        TimelineEvent.client(0, TimelineEvent.Kind.CONNECT_CALLED),
                        TimelineEvent.ready(61, TimelineEvent.Kind.CONNECT_READY, 15)));
    }

    public static StoredListener listener(String name, String host, int port) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.ofLiteral(host), port);
        ListenerSpec spec = ListenerSpec.of(name, bind, new Behaviour.Echo(Duration.ZERO));
        return new StoredListener(spec, START.plusNanos(123_456_000), true, bind);
    }
}
