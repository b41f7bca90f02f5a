package dev.sonde.eventloop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The commands of other threads for a loop, and the handshake by which they wake it.
///
/// [#add] may be called from any thread, everything else belongs to the loop's thread. A command
/// of that thread needs no handshake. An added command is run or refused, exactly once. None is
/// lost.
final class Inbox {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final String loop;
    private final Runnable wakeup;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();

    /// The commands of the loop's own thread.
    private final Queue<Command> own = new ArrayDeque<>();

    /// Whether the next command is one of the loop's own thread, where both wait. Owned by the
    /// loop's thread.
    private boolean isOwnNext;

    /// True while the loop's thread sleeps in `select`, or is about to. Set by the loop. The loop
    /// or a submitter turns it back; the first of them decides whether a wakeup is needed.
    private final AtomicBoolean asleep = new AtomicBoolean();

    /// Written by the loop when it polls last, read by submitters.
    private volatile boolean ended;

    /// @param wakeup brings the loop out of its sleep; called on the submitter's thread
    Inbox(String loop, Runnable wakeup) {
        this.loop = loop;
        this.wakeup = wakeup;
    }

    void add(Command command) {
        commands.add(command);
        // Added before `ended` was read: either the loop's last look sees it or this one does.
        if (ended) {
            refuse(commands);
            return;
        }
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            wakeup.run();
        }
    }

    /// Adds a command on the loop's own thread, which is awake.
    void addOwn(Command command) {
        own.add(command);
        if (ended) {
            refuse(own);
        }
    }

    boolean isEmpty() {
        return own.isEmpty() && commands.isEmpty();
    }

    /// Says that the loop is about to sleep: from now on [#add] wakes it.
    ///
    /// @return whether it may; a submitter that missed the flag is seen here
    boolean fallAsleep() {
        asleep.set(true);
        return isEmpty();
    }

    void wakeUp() {
        asleep.set(false);
    }

    /// @param limit how many at most, so that readiness has its turn
    /// @param dispatch bounds all of them in time, and each in what it moves
    void drain(int limit, Dispatch dispatch) {
        if (isEmpty()) {
            return;
        }
        Pass pass = dispatch.begin();
        for (int i = 0; i < limit && !pass.isOver(); i++) {
            Command command = next();
            if (command == null) {
                return;
            }
            dispatch.budget().begin();
            try {
                command.run();
            } catch (Throwable e) {
                log.atError().addKeyValue("loop", loop).setCause(e).log("a command failed");
            }
        }
    }

    /// Own commands and those of other threads in turn.
    private @Nullable Command next() {
        isOwnNext = !isOwnNext;
        Command command = isOwnNext ? own.poll() : commands.poll();
        if (command != null) {
            return command;
        }
        return isOwnNext ? commands.poll() : own.poll();
    }

    /// Reports the loop's end to waiting commands and to those that are still added.
    void end() {
        refuse(commands);
        refuse(own);
        ended = true;
        refuse(commands);
        refuse(own);
    }

    boolean hasEnded() {
        return ended;
    }

    private void refuse(Queue<Command> waiting) {
        for (Command command = waiting.poll(); command != null; command = waiting.poll()) {
            try {
                command.onLoopClosed();
            } catch (Throwable e) {
                log.atError()
                        .addKeyValue("loop", loop)
                        .setCause(e)
                        .log("a command failed at the close of its loop");
            }
        }
    }
}
