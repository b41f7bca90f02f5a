package dev.sonde.check;

import dev.sonde.probe.spec.HostAndPort;
import dev.sonde.probe.spec.Target;

/// One entry of a check's target list: hosts times ports. Targets are made one at a time, so a
/// block of a million addresses costs no more than one.
///
/// The order is all hosts on the first port, then all on the next, so no host receives a burst.
public final class TargetExpression {

    private final HostRange hosts;
    private final PortList ports;
    private final long count;

    private TargetExpression(HostRange hosts, PortList ports) {
        this.hosts = hosts;
        this.ports = ports;
        this.count = saturatedProduct(hosts.count(), ports.count());
    }

    /// Reads as [#parse] what a person gives: an interface that it names is one of this host.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static TargetExpression parseHere(String text) {
        TargetExpression expression = parse(text);
        var _ = expression.at(0).requireHere();
        return expression;
    }

    /// Reads `host:ports`, `a.b.c.d/prefix:ports` or `[v6/prefix]:ports`, where ports are numbers
    /// and ranges joined by commas.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static TargetExpression parse(String text) {
        HostAndPort parts = HostAndPort.split(text);
        HostRange hosts = HostRange.parse(parts.host(), parts.bracketed());
        return new TargetExpression(hosts, PortList.parse(parts.port()));
    }

    /// Number of targets after expansion; [Long#MAX_VALUE] means that many or more.
    public long count() {
        return count;
    }

    /// The target at a position from 0 to below [#count].
    public Target at(long index) {
        return new Target(hosts.at(index % hosts.count()), ports.at(index / hosts.count()));
    }

    /// The sum, or [Long#MAX_VALUE] where that is less.
    public static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long saturatedProduct(long a, long b) {
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }
}
