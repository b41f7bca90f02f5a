package dev.sonde.attempt;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Handler;
import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.FailureReason;
import dev.sonde.probe.NotProbedReason;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.Phase;
import dev.sonde.probe.PhaseTime;
import dev.sonde.probe.ProbeSettings;
import dev.sonde.probe.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Runs probes on the shared event loops. Stands in until the engine is there: literals only.
@Component
public final class Prober {

    private final EventLoopGroup loops;

    Prober(EventLoopGroup loops) {
        this.loops = loops;
    }

    public RunningProbe submit(
            Target target, ProbeSettings settings, Consumer<List<AttemptResult>> whenDone) {
        Attempt attempt = new Attempt(loops.next(), target, settings, whenDone);
        attempt.loop.execute(attempt);
        return attempt;
    }

    public int inFlight() {
        return 0;
    }

    public int queued() {
        return 0;
    }

    private static final class Attempt implements Handler, Command, RunningProbe {
        private final EventLoop loop;
        private final Target target;
        private final ProbeSettings settings;
        private final Consumer<List<AttemptResult>> whenDone;
        private @Nullable SocketChannel channel;
        private @Nullable Deadline deadline;
        private @Nullable InetSocketAddress remote;
        private long startedNanos;
        private boolean done;

        Attempt(
                EventLoop loop,
                Target target,
                ProbeSettings settings,
                Consumer<List<AttemptResult>> whenDone) {
            this.loop = loop;
            this.target = target;
            this.settings = settings;
            this.whenDone = whenDone;
        }

        @Override
        public void run() {
            startedNanos = System.nanoTime();
            InetAddress address = target.address().orElse(null);
            if (address == null) {
                finish(new Outcome.Failed(FailureReason.NAME_NOT_FOUND, Phase.RESOLVE, "no name"));
                return;
            }
            try {
                remote = new InetSocketAddress(address, target.port());
                SocketChannel opened = SocketChannel.open();
                channel = opened;
                opened.configureBlocking(false);
                if (opened.connect(remote)) {
                    finish(Outcome.Succeeded.connected());
                    return;
                }
                loop.register(opened, SelectionKey.OP_CONNECT, this);
                deadline =
                        loop.scheduleAt(loop.ticker().read() + settings.timeout().toNanos(), this);
            } catch (IOException e) {
                onFailure(e);
            }
        }

        @Override
        public void onReady(int readyOps) throws IOException {
            SocketChannel opened = channel;
            if (opened != null && opened.finishConnect()) {
                finish(Outcome.Succeeded.connected());
            }
        }

        @Override
        public void onDeadline(Deadline due) {
            finish(new Outcome.Failed(FailureReason.TIMED_OUT, Phase.CONNECT, "no answer"));
        }

        @Override
        public void onFailure(Exception cause) {
            if (cause instanceof ConnectException) {
                finish(new Outcome.Failed(FailureReason.REFUSED, Phase.CONNECT, "a RST"));
            } else {
                finish(
                        new Outcome.NotProbed(
                                NotProbedReason.LOCAL_ERROR, null, String.valueOf(cause)));
            }
        }

        @Override
        public void onLoopClosed() {
            finish(new Outcome.NotProbed(NotProbedReason.CANCELLED, null, "cancelled"));
        }

        @Override
        public void cancel() {
            loop.execute(
                    new Command() {
                        @Override
                        public void run() {
                            Attempt.this.onLoopClosed();
                        }

                        @Override
                        public void onLoopClosed() {
                            // told by the loop
                        }
                    });
        }

        private void finish(Outcome outcome) {
            if (done) {
                return;
            }
            done = true;
            if (channel != null) {
                loop.close(channel);
            }
            if (deadline != null) {
                loop.cancel(deadline);
            }
            whenDone.accept(
                    List.of(
                            new AttemptResult(
                                    remote,
                                    null,
                                    outcome,
                                    List.of(
                                            new PhaseTime(
                                                    Phase.CONNECT,
                                                    System.nanoTime() - startedNanos)))));
        }
    }
}
