package dev.sonde.attempt.path;

import dev.sonde.attempt.connect.IcmpCause;
import dev.sonde.eventloop.Command;
import dev.sonde.kernel.QueuedError;
import dev.sonde.lane.Lane;
import dev.sonde.probe.spec.AddressText;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One SYN to a second port of the same host. A RST from it shows that the host is up.
/// Single use, confined
/// to its loop's thread.
public final class PortAsk implements Walk {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Lane lane;
    private final FurtherSocket.Way way;
    private final Consumer<String> whenDone;
    private boolean isDone;

    /// @param order for the second port
    /// @param whenDone called exactly once with the answer, on the loop's thread
    public PortAsk(Lane lane, PathOrder order, PathEntry entry, Consumer<String> whenDone) {
        this.lane = lane;
        this.way = new FurtherSocket.Way(order, entry);
        this.whenDone = whenDone;
    }

    @Override
    public void run() {
        long last = lane.loop().ticker().read() + MOST_NANOS;
        new PathSyn(null, lane, way, last, answer -> finish(words(answer))).begin();
    }

    @Override
    public void cancel() {
        lane.loop().execute(Command.of(() -> finish("not asked to the end")));
    }

    @Override
    public void onLoopClosed() {
        finish("not asked to the end");
    }

    private String words(PathAnswer answer) {
        int port = way.order().remote().getPort();
        return switch (answer) {
            case PathAnswer.OfTarget(boolean isRst, _) ->
                    "port %d answers with a %s: the host or a firewall in its name answers SYNs"
                            .formatted(port, isRst ? "RST" : "SYN-ACK");
            case PathAnswer.Rejected(var message, _) ->
                    icmp(port, IcmpCause.nameOf(message), message);
            case PathAnswer.Expired(var message, _) ->
                    icmp(port, IcmpCause.nameOf(message), message);
            case PathAnswer.Silent _ ->
                    "port %d does not answer within a second either".formatted(port);
            case PathAnswer.NotSent(String why) -> "port %d was not asked: %s".formatted(port, why);
        };
    }

    private static String icmp(int port, String name, QueuedError.Icmp message) {
        return "port %d is answered with ICMP %s (type %d, code %d) from %s"
                .formatted(
                        port,
                        name,
                        message.type(),
                        message.code(),
                        message.offender() == null
                                ? "an unknown address"
                                : AddressText.of(message.offender()));
    }

    private void finish(String answer) {
        if (!isDone) {
            isDone = true;
            whenDone.accept(answer);
        }
    }
}
