package dev.sonde.listen.engine;

import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.lane.Lane;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The lanes of all loops. Safe for any thread.
public final class Lanes {

    private final List<Lane> all;
    private final AtomicInteger turn = new AtomicInteger();

    public Lanes(EventLoopGroup loops, KernelFeatures kernel) {
        this.all =
                loops.loops().stream()
                        .map(loop -> new Lane(loop, new KernelSockets(kernel)))
                        .toList();
    }

    /// Each in turn, also for a caller that runs on one of them: a listener's connections are to
    /// spread.
    public Lane next() {
        return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    }

    public List<Lane> all() {
        return all;
    }
}
