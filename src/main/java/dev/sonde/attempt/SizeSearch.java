package dev.sonde.attempt;

import dev.sonde.attempt.path.SingleWalk;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The size of an MTU hole: the run again with packets of other sizes, at most four times and
/// within 4 s. Single use, confined to its loop's thread; only [#cancel] may be called from
/// elsewhere.
///
/// The sizes are those of usual links and tunnels, so that the answer names one of them.
final class SizeSearch extends SingleWalk<String> implements DeadlineHandler {

    /// Bytes of whole packets: the least of IPv4 and IPv6 (RFC 791, RFC 8200), WireGuard, VXLAN,
    /// GRE, 6in4, PPPoE, Ethernet, FDDI and larger frames.
    private static final int[] USUAL = {
        576, 1_006, 1_200, 1_280, 1_350, 1_380, 1_400, 1_420, 1_436, 1_450, 1_460, 1_476, 1_480,
        1_488, 1_492, 1_500, 2_304, 4_352, 8_900, 9_000
    };

    private static final int MOST_RUNS = 4;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long LEAST_SHARE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// A machine that stood still used up one of them, and not the whole share.
    private static final int PARTS = 4;

    /// The fate of the packets of one run.
    enum Fate {
        PASS,
        LOST,
        /// The run ended with something else, which says nothing of their size.
        OPEN
    }

    /// The known sizes.
    ///
    /// @param passes packets of at most so many bytes pass
    /// @param lost packets of so many bytes get lost
    /// @param tookNanos time of the run whose packets passed
    record Known(int passes, int lost, long tookNanos) {}

    /// Repeats the run with other sizes.
    @FunctionalInterface
    interface Again {

        /// Begins a run.
        ///
        /// @param packetBytes greatest packets in both directions
        RunningProbe begin(int packetBytes, Consumer<Fate> then);
    }

    private final Again again;
    private final int[] sizes;
    private final int runs;
    private final long shareNanos;
    private int passes;
    private int lost;
    private int from;
    private int to;
    private int begun;
    private int partsLeft;
    private @Nullable RunningProbe running;

    /// @param whenDone called exactly once with the answer, on the loop's thread
    SizeSearch(Lane lane, Known known, Again again, Consumer<String> whenDone) {
        super(lane, whenDone);
        this.again = again;
        this.passes = known.passes();
        this.lost = known.lost();
        this.sizes =
                IntStream.of(USUAL)
                        .filter(size -> size > known.passes() && size < known.lost())
                        .toArray();
        this.to = sizes.length;
        this.shareNanos = Math.max(LEAST_SHARE_NANOS, 2 * known.tookNanos());
        this.runs = (int) Math.min(MOST_RUNS, MOST_NANOS / shareNanos);
    }

    @Override
    public void run() {
        next();
    }

    private void next() {
        if (from >= to || begun >= runs) {
            finish();
            return;
        }
        begun++;
        int number = begun;
        partsLeft = PARTS;
        waitAPart();
        running =
                again.begin(
                        sizes[middle()],
                        fate -> lane.loop().execute(Command.of(() -> answered(number, fate))));
    }

    private void waitAPart() {
        waitUntil(lane.now() + shareNanos / PARTS, this);
    }

    private int middle() {
        return (from + to) / 2;
    }

    /// A run that was given up answers too, after the next one has begun.
    private void answered(int number, Fate fate) {
        if (isDone() || number != begun) {
            return;
        }
        running = null;
        judge(fate);
    }

    private void judge(Fate fate) {
        stopWaiting();
        switch (fate) {
            case PASS -> {
                passes = sizes[middle()];
                from = middle() + 1;
                next();
            }
            case LOST -> {
                lost = sizes[middle()];
                to = middle();
                next();
            }
            case OPEN -> finish();
        }
    }

    /// The packets of a run that takes so much longer get lost.
    @Override
    public void onDeadline(Deadline passed) {
        waited();
        partsLeft--;
        if (isDone()) {
            return;
        }
        if (partsLeft > 0) {
            waitAPart();
        } else {
            giveUp();
            judge(Fate.LOST);
        }
    }

    @Override
    public void onFailure(Exception cause) {
        finish();
    }

    @Override
    protected String end() {
        giveUp();
        return "packets of at most %d bytes pass, of %d bytes get lost".formatted(passes, lost);
    }

    private void giveUp() {
        if (running != null) {
            running.cancel();
            running = null;
        }
    }
}
