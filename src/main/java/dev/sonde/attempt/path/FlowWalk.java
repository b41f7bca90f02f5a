package dev.sonde.attempt.path;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// SYNs from several source ports, and from the same ports again. Routers choose one of equal paths
/// by the ports. A dead path thus loses the same ports in both rounds. Single use, confined to its
/// loop's thread; only [#cancel] may be called from elsewhere.
public final class FlowWalk extends SingleWalk<String> implements ChannelHandler {

    private static final int FLOWS = 16;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final PathOrder order;
    private final PathEntry entry;
    private final List<PathSyn> running = new ArrayList<>();

    /// Whether each port was answered, by round.
    private final List<TreeMap<Integer, Boolean>> rounds = new ArrayList<>();

    private @Nullable String refused;
    private long endNanos;

    /// @param whenDone called exactly once with the answer, on the loop's thread
    public FlowWalk(Lane lane, PathOrder order, PathEntry entry, Consumer<String> whenDone) {
        super(lane, whenDone);
        this.order = order;
        this.entry = entry;
    }

    @Override
    public void run() {
        endNanos = lane.loop().ticker().read() + MOST_NANOS;
        List<Integer> any = new ArrayList<>();
        for (int flow = 0; flow < FLOWS; flow++) {
            any.add(0);
        }
        send(any);
    }

    private void send(Iterable<Integer> ports) {
        rounds.add(new TreeMap<>());
        List<PathSyn> begun = new ArrayList<>();
        for (int port : ports) {
            PathSyn[] self = new PathSyn[1];
            self[0] =
                    new PathSyn(
                            null,
                            lane,
                            new FurtherChannel.Way(order.from(port), entry),
                            endNanos,
                            answer -> onAnswer(self[0], answer));
            begun.add(self[0]);
        }
        running.addAll(begun);
        begun.forEach(PathSyn::begin);
    }

    private void onAnswer(PathSyn syn, PathAnswer answer) {
        running.remove(syn);
        Integer port = syn.localPort();
        switch (answer) {
            case PathAnswer.NotSent(String why) -> refused = why;
            case PathAnswer.Silent _ -> note(port, false);
            case PathAnswer.OfTarget _, PathAnswer.Rejected _, PathAnswer.Expired _ ->
                    note(port, true);
        }
        if (running.isEmpty()) {
            lane.loop().again(this, 0); // each round begins in a turn of its own
        }
    }

    private void note(@Nullable Integer port, boolean isAnswered) {
        if (port != null) {
            rounds.getLast().put(port, isAnswered);
        }
    }

    @Override
    public void onReady(int readyOps) {
        if (isDone() || !running.isEmpty()) {
            return;
        }
        if (rounds.size() == 1 && refused == null) {
            send(List.copyOf(rounds.getFirst().keySet()));
        } else {
            finish();
        }
    }

    @Override
    public void onFailure(Exception cause) {
        refused = String.valueOf(cause.getMessage());
        finish();
    }

    @Override
    protected String end() {
        running.forEach(PathSyn::end);
        return refused == null && rounds.size() == 2 ? words() : left();
    }

    private String left() {
        return "not asked to the end" + (refused == null ? "" : ": " + refused);
    }

    private String words() {
        TreeMap<Integer, Boolean> first = rounds.getFirst();
        TreeMap<Integer, Boolean> second = rounds.getLast();
        List<Integer> dead = new ArrayList<>();
        int lost = 0;
        for (int port : first.keySet()) {
            boolean isFirst = Boolean.TRUE.equals(first.get(port));
            boolean isSecond = Boolean.TRUE.equals(second.get(port));
            lost += isFirst && isSecond ? 0 : 1;
            if (!isFirst && !isSecond) {
                dead.add(port);
            }
        }
        return meaning(first.size(), lost, dead);
    }

    /// @param lost ports of which at least one SYN went unanswered
    /// @param dead ports of which both did
    private static String meaning(int all, int lost, List<Integer> dead) {
        if (lost == 0) {
            return "%d of %d source ports are answered, twice".formatted(all, all);
        }
        if (dead.size() == all) {
            return "none of %d source ports is answered: the flow makes no difference"
                    .formatted(all);
        }
        return dead.size() == lost
                ? "%d of %d source ports go unanswered, the same ones twice: one of several paths is dead (%s)"
                        .formatted(dead.size(), all, ports(dead))
                : "SYNs of %d of %d source ports get lost, not the same ones twice: loss hits any flow"
                        .formatted(lost, all);
    }

    private static String ports(List<Integer> ports) {
        return String.join(", ", ports.stream().map(String::valueOf).toList());
    }
}
