package dev.sonde.blackbox.direct;

import dev.sonde.attempt.RunningProbe;
import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.TurnChannel;
import dev.sonde.web.LentSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A kept connection whose scrapes an event loop reads, probes and answers.
///
/// ```
///         a further scrape          result           all is written
///  RESTS -----------------> PROBES --------> WRITES ----------------> RESTS
///    |                        |                |
///    '-- anything else -------+-- caller gone -+-- failure, timeout --> ENDED
/// ```
///
/// All other input goes back to the server, as if it had not been read here. Confined to its loop's
/// thread; only [#answer] is called elsewhere too.
final class ScrapeConnection implements ChannelHandler, DeadlineHandler, Command {

    private static final Logger log = LoggerFactory.getLogger(ScrapeConnection.class);

    private enum State {
        RESTS,
        PROBES,
        WRITES,
        ENDED
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final DirectScrapes.Workplace place;
    private final LentSocket lent;
    private final SocketChannel socket;
    private final int mostBytes;
    private final RepeatedScrape scrape;
    private final DirectScrapes scrapes;
    private final TurnChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable Deadline deadline;
    private @Nullable RunningProbe running;
    private State state = State.RESTS;
    private ByteBuffer out = NOTHING;

    /// Bytes that came before the answer to the request before them.
    private ByteBuffer early = NOTHING;

    /// Whether the connection goes back after the answer.
    private boolean isLast;

    private long startedNanos;
    private long touchedNanos;

    ScrapeConnection(
            EventLoop loop,
            DirectScrapes.Workplace place,
            LentSocket lent,
            RepeatedScrape scrape,
            DirectScrapes scrapes) {
        this.loop = loop;
        this.place = place;
        this.lent = lent;
        this.scrape = scrape;
        this.scrapes = scrapes;
        this.socket = lent.channel();
        this.mostBytes = lent.mostBytes();
        this.channel = new TurnChannel(socket, loop.budget());
    }

    /// Begins to wait for a request.
    @Override
    public void run() {
        try {
            key = loop.register(socket, SelectionKey.OP_READ, this);
            touchedNanos = now();
            watch();
        } catch (IOException | RuntimeException e) {
            // Closed in the meantime, or given back a moment ago and not yet out of the selector.
            log.atDebug().setCause(e).log("a connection stays with the server");
            giveBack(NOTHING);
        }
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        switch (state) {
            case RESTS -> read();
            case PROBES -> readAhead();
            case WRITES -> write();
            case ENDED -> {}
        }
    }

    private void read() throws IOException {
        ByteBuffer into = place.input(mostBytes);
        int count = channel.read(into);
        if (count == 0) {
            return;
        }
        into.flip();
        ProbeStart.Scrape asked = count < 0 ? null : scrape.read(copyOf(into));
        if (asked == null || !scrape.isAdmitted() || !scrapes.begin()) {
            giveBack(into);
        } else {
            begin(asked, into);
        }
    }

    private static byte[] copyOf(ByteBuffer input) {
        byte[] bytes = new byte[input.limit()];
        input.get(0, bytes);
        return bytes;
    }

    private void begin(ProbeStart.Scrape asked, ByteBuffer request) {
        startedNanos = now();
        state = State.PROBES;
        lent.connection().serve();
        RunningProbe begun = scrapes.probes().begin(asked, this::answer);
        if (begun == null) {
            scrapes.end();
            lent.connection().rest();
            giveBack(request);
        } else if (state == State.PROBES) {
            running = begun;
        }
    }

    /// The next request, or the end of a caller that no longer waits.
    private void readAhead() throws IOException {
        ByteBuffer into = place.input(mostBytes);
        int count = channel.read(into);
        if (count == 0) {
            return;
        }
        isLast = true;
        interest(0);
        if (count > 0) {
            into.flip();
            early = ByteBuffer.wrap(copyOf(into));
        } else if (running != null) {
            running.cancel();
        }
    }

    private void answer(byte @Nullable [] text) {
        if (loop.isInLoop()) {
            answered(text);
        } else {
            loop.execute(Command.of(() -> answered(text), this::onLoopClosed));
        }
    }

    private void answered(byte @Nullable [] text) {
        if (state != State.PROBES) {
            return;
        }
        running = null;
        if (text == null) {
            end();
            return;
        }
        state = State.WRITES;
        out = scrape.answer(text, place.zip());
        scrapes.count();
        try {
            write();
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void write() throws IOException {
        boolean wasWhole = out.position() == 0;
        channel.write(out);
        touchedNanos = now();
        if (out.hasRemaining()) {
            if (wasWhole) {
                lent.connection().block();
                interest(SelectionKey.OP_WRITE);
            }
            return;
        }
        if (key != null && key.interestOps() == SelectionKey.OP_WRITE) {
            lent.connection().unblock();
            interest(isLast ? 0 : SelectionKey.OP_READ);
        }
        out = NOTHING;
        state = State.RESTS;
        scrapes.record(touchedNanos - startedNanos);
        scrapes.end();
        lent.connection().rest();
        if (isLast) {
            giveBack(early);
        }
    }

    private void interest(int ops) {
        if (key != null) {
            key.interestOps(ops);
        }
    }

    private void watch() {
        deadline = loop.scheduleAt(touchedNanos + restNanos(), this);
    }

    private long restNanos() {
        return TimeUnit.MILLISECONDS.toNanos(lent.restMillis());
    }

    /// The server closes a connection that rests for too long.
    @Override
    public void onDeadline(Deadline passed) {
        deadline = null;
        boolean isLate = now() - touchedNanos >= restNanos();
        switch (state) {
            case RESTS -> {
                if (isLate) {
                    giveBack(NOTHING);
                } else {
                    watch();
                }
            }
            case PROBES -> {
                touchedNanos = now();
                watch();
            }
            case WRITES -> {
                if (isLate) {
                    end();
                } else {
                    watch();
                }
            }
            case ENDED -> {}
        }
    }

    private void giveBack(ByteBuffer bytes) {
        leaveLoop();
        lent.giveBack(bytes);
    }

    private void leaveLoop() {
        state = State.ENDED;
        if (key != null) {
            key.cancel();
        }
        if (deadline != null && loop.isInLoop()) {
            loop.cancel(deadline);
        }
    }

    @Override
    public void onFailure(Exception cause) {
        log.atDebug().setCause(cause).log("a connection ended");
        end();
    }

    @Override
    public void onLoopClosed() {
        end();
    }

    private void end() {
        State ended = state;
        if (ended == State.ENDED) {
            return;
        }
        leaveLoop();
        if (ended != State.RESTS) {
            scrapes.end();
        }
        RunningProbe probe = running;
        if (probe != null) {
            probe.cancel();
        }
        lent.close();
    }

    private long now() {
        return loop.ticker().read();
    }
}
