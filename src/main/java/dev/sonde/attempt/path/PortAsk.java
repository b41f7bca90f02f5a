package dev.sonde.attempt.path;

import dev.sonde.attempt.connect.IcmpCause;
import dev.sonde.kernel.QueuedError;
import dev.sonde.lane.Lane;
import dev.sonde.probe.spec.AddressText;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One SYN to a second port of the same host, and one UDP datagram where that leaves it open. A RST
/// or a "port unreachable" of the host shows that it is up. Single use, confined to its loop's
/// thread.
public final class PortAsk extends SingleWalk<String> {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final FurtherChannel.Way way;
    private final FurtherChannel.Way datagram;
    private long endNanos;
    private @Nullable FurtherChannel<?> now;
    private String answer = "not asked to the end";

    /// The address and port of a packet, and its way into the engine.
    public record Asked(PathOrder order, PathEntry entry) {

        private FurtherChannel.Way way() {
            return new FurtherChannel.Way(order, entry);
        }
    }

    /// @param syn to the second port
    /// @param datagram to a port of UDP that is seldom open
    /// @param whenDone called exactly once with the answer, on the loop's thread
    public PortAsk(Lane lane, Asked syn, Asked datagram, Consumer<String> whenDone) {
        super(lane, whenDone);
        this.way = syn.way();
        this.datagram = datagram.way();
    }

    @Override
    public void run() {
        endNanos = lane.loop().ticker().read() + MOST_NANOS;
        begin(new PathSyn(null, lane, way, endNanos, this::synAnswered));
    }

    private void begin(FurtherChannel<?> next) {
        now = next;
        next.begin();
    }

    private void synAnswered(PathAnswer answer) {
        String words = words(answer);
        if (isDone()) {
            return;
        }
        if (isOfHost(answer)) {
            finish(words);
        } else {
            begin(
                    new PortDatagram(
                            lane,
                            datagram,
                            endNanos,
                            second -> finish(words + "; " + words(second))));
        }
    }

    private boolean isOfHost(PathAnswer answer) {
        return switch (answer) {
            case PathAnswer.OfTarget _ -> true;
            case PathAnswer.Rejected(var message, _) -> isOfHost(message);
            case PathAnswer.Expired _, PathAnswer.Silent _, PathAnswer.NotSent _ -> false;
        };
    }

    private boolean isOfHost(QueuedError.Icmp message) {
        return way.order().remote().getAddress().equals(message.offender());
    }

    private String words(PathAnswer answer) {
        String port = "port " + way.order().remote().getPort();
        return switch (answer) {
            case PathAnswer.OfTarget(boolean isRst, _) ->
                    "%s answers with a %s: the host or a firewall in its name answers SYNs"
                            .formatted(port, isRst ? "RST" : "SYN-ACK");
            case PathAnswer.Rejected(var message, _) -> icmp(port, message);
            case PathAnswer.Expired(var message, _) -> icmp(port, message);
            case PathAnswer.Silent _ -> port + " does not answer within a second either";
            case PathAnswer.NotSent(String why) -> port + " was not asked: " + why;
        };
    }

    private String words(PortDatagram.Answer answer) {
        String port = "UDP port " + datagram.order().remote().getPort();
        return switch (answer) {
            case PortDatagram.Answer.Message(var icmp) -> icmp(port, icmp);
            case PortDatagram.Answer.Data _ -> port + " answers with data: the host is up";
            case PortDatagram.Answer.Silent _ -> port + " does not answer within a second";
            case PortDatagram.Answer.NotSent(String why) -> port + " was not asked: " + why;
        };
    }

    private String icmp(String port, QueuedError.Icmp message) {
        String words =
                "%s is answered with ICMP %s (type %d, code %d) from "
                        .formatted(port, IcmpCause.nameOf(message), message.type(), message.code());
        if (isOfHost(message)) {
            return words + "the target: the host is up";
        }
        return message.offender() == null
                ? words + "an unknown address"
                : words + AddressText.of(message.offender());
    }

    private void finish(String words) {
        if (!isDone()) {
            answer = words;
            finish();
        }
    }

    @Override
    protected String end() {
        if (now != null) {
            now.end();
        }
        return answer;
    }
}
