package dev.sonde.cluster.forward;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Makes the port for forwarded requests known when it is open, before the replica joins the
/// others. It ends forwarded streams before the web server waits for its requests. Called by
/// Spring's main thread.
final class ForwardLifecycle implements SmartLifecycle {

    private final Forwarding forwarding;
    private final Supplier<@Nullable String> address;

    /// Written by the thread that starts and stops, read by any thread.
    private volatile boolean running;

    /// @param address host, port and context path; null where there is none
    ForwardLifecycle(Forwarding forwarding, Supplier<@Nullable String> address) {
        this.forwarding = forwarding;
        this.address = address;
    }

    @Override
    public void start() {
        try {
            if (forwarding.isClustered()) {
                forwarding.announce(address.get());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the address of this replica cannot be written to the table replica_address",
                    e);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        forwarding.endStreams();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the web server, before the replica joins.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
