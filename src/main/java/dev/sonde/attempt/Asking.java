package dev.sonde.attempt;

import dev.sonde.attempt.path.DataWalk;
import dev.sonde.attempt.path.FlowWalk;
import dev.sonde.attempt.path.PathOrder;
import dev.sonde.attempt.path.PathWalk;
import dev.sonde.attempt.path.PortAsk;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ProbeSettings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The questions about one result, one after the other, in the order of [Question]. Each begins
/// when the one before has answered, so its fields have one user at a time. [#cancel] is for any
/// thread.
final class Asking implements RunningProbe {

    private final Prober prober;
    private final Inquiry inquiry;
    private final ProbeSettings settings;
    private final ProbeResult found;
    private final InetSocketAddress remote;
    private final Consumer<@Nullable Findings> whenDone;
    private final Iterator<Question> left;
    private final List<Asked> asked = new ArrayList<>();
    private @Nullable PathReport path;

    /// The rest is guarded by the lock of this object.
    private int begun;

    private boolean isCancelled;
    private @Nullable RunningProbe running;

    Asking(
            Prober prober,
            Inquiry inquiry,
            ProbeResult found,
            Consumer<@Nullable Findings> whenDone) {
        this.prober = prober;
        this.inquiry = inquiry;
        this.settings = inquiry.settings();
        this.found = found;
        this.remote = Objects.requireNonNull(found.deciding().remote());
        this.whenDone = whenDone;
        this.left = new TreeSet<>(inquiry.questions()).iterator();
    }

    void next() {
        int number = beginNext();
        if (number == 0) {
            whenDone.accept(asked.isEmpty() ? null : new Findings(asked, path));
            return;
        }
        Question question = left.next();
        runs(number, begin(question, answer -> answered(question, answer)));
    }

    /// The number of the next question; 0 where there is none.
    private synchronized int beginNext() {
        if (isCancelled || !left.hasNext()) {
            return 0;
        }
        begun++;
        running = null;
        return begun;
    }

    /// A question runs. It may have answered by now, and another may run.
    private void runs(int number, RunningProbe question) {
        boolean isLate;
        synchronized (this) {
            if (number == begun) {
                running = question;
            }
            isLate = isCancelled;
        }
        if (isLate) {
            question.cancel();
        }
    }

    private void answered(Question question, String answer) {
        asked.add(new Asked(question, answer));
        next();
    }

    private RunningProbe begin(Question question, Consumer<String> then) {
        return switch (question) {
            case PATH -> walkPath(then);
            case DATA_PATH -> walkData(then);
            case MTU -> new MtuQuestion(prober, inquiry, found).begin(then);
            case FLOWS -> {
                PathOrder order = prober.order(remote, settings);
                yield prober.begin(
                        lane ->
                                new FlowWalk(
                                        lane, order, prober.entry(remote, inquiry.share()), then));
            }
            case PORTS -> askPort(then);
            case SECOND_CONNECT, OWN_SIDE ->
                    throw new IllegalStateException("asked by the attempt itself: " + question);
        };
    }

    private RunningProbe walkPath(Consumer<String> then) {
        return prober.begin(
                lane ->
                        new PathWalk(
                                lane,
                                prober.order(remote, settings),
                                prober.entry(remote, inquiry.share()),
                                report -> {
                                    path = report;
                                    then.accept(report.detail());
                                }));
    }

    private RunningProbe walkData(Consumer<String> then) {
        ByteBuffer data = FirstBytes.of(settings);
        if (data == null) {
            then.accept("not asked: the settings begin with no data of this end");
            return () -> {};
        }
        PathReport known = path == null ? found.deciding().path() : path;
        return prober.begin(
                lane ->
                        new DataWalk(
                                lane,
                                prober.order(remote, settings),
                                prober.entry(remote, inquiry.share()),
                                data,
                                known,
                                then));
    }

    private RunningProbe askPort(Consumer<String> then) {
        AskSettings ask = settings.ask();
        int port = ask == null ? AskSettings.DEFAULT_PORT : ask.port();
        return prober.begin(
                lane -> new PortAsk(lane, to(port), to(AskSettings.DEFAULT_PORT), then));
    }

    private PortAsk.Asked to(int port) {
        InetSocketAddress other = new InetSocketAddress(remote.getAddress(), port);
        return new PortAsk.Asked(
                prober.order(other, settings), prober.entry(other, inquiry.share()));
    }

    @Override
    public void cancel() {
        RunningProbe now;
        synchronized (this) {
            isCancelled = true;
            now = running;
        }
        if (now != null) {
            now.cancel();
        }
    }
}
