package dev.sonde.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/// A listener and the clients that connect to it; ended together.
final class Clients implements AutoCloseable {

    private static final int CLIENT_CORE = 0;
    private static final int LISTENER_CORE = 1;

    private final Options options;
    private final UnaryOperator<Place> network;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final ListenerProcess pinned;
    private final ListenerProcess free;

    /// @param network puts a place into the network that all of them share
    Clients(Options options, UnaryOperator<Place> network) throws IOException {
        this.options = options;
        this.network = network;
        this.pinned = listen(Place.onCore(LISTENER_CORE), 1);
        this.free = listen(Place.ANYWHERE, 2);
    }

    /// A client on a core of its own, with the listener on another.
    Client pinned(Worker.Kind kind) throws IOException {
        return start(Place.onCore(CLIENT_CORE), kind, pinned, Child.classPath());
    }

    /// The same with another build of the product.
    Client pinned(Worker.Kind kind, OtherEngine other) throws IOException {
        return start(Place.onCore(CLIENT_CORE), kind, pinned, other.classPath());
    }

    /// A client on any core, with a listener on any core.
    Client free(Worker.Kind kind) throws IOException {
        return start(Place.ANYWHERE, kind, free, Child.classPath());
    }

    /// The same with another build of the product.
    Client free(Worker.Kind kind, OtherEngine other) throws IOException {
        return start(Place.ANYWHERE, kind, free, other.classPath());
    }

    /// The listener that is on any core.
    ListenerProcess freeListener() {
        return free;
    }

    private Client start(Place place, Worker.Kind kind, ListenerProcess listener, String classPath)
            throws IOException {
        Client client =
                new Client(network.apply(place), kind, listener, classPath, options.recordings());
        started.push(client);
        return client;
    }

    private ListenerProcess listen(Place place, int threads) throws IOException {
        ListenerProcess target = new ListenerProcess(network.apply(place), threads);
        started.push(target);
        return target;
    }

    @Override
    public void close() {
        for (AutoCloseable one : started) {
            try {
                one.close();
            } catch (Exception e) {
                System.err.println("a child process could not be ended: " + e);
            }
        }
    }
}
