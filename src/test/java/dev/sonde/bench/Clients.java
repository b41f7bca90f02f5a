package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/// A listener and the clients that connect to it; ended together.
final class Clients implements AutoCloseable {

    private static final int CLIENT_CORE = 0;
    private static final int LISTENER_CORE = 1;

    private final Options options;
    private final UnaryOperator<Place> network;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final int port;
    private final int freePort;

    /// @param network puts a place into the network that all of them share
    Clients(Options options, UnaryOperator<Place> network) throws IOException {
        this.options = options;
        this.network = network;
        this.port = listen(Place.onCore(LISTENER_CORE), 1);
        this.freePort = listen(Place.ANYWHERE, 2);
    }

    /// A client on a core of its own, with the listener on another.
    Client pinned(Worker.Kind kind) throws IOException {
        return start(Place.onCore(CLIENT_CORE), kind, port, Child.classPath());
    }

    /// The same with another build of the product.
    Client pinned(Worker.Kind kind, Path classes) throws IOException {
        return start(Place.onCore(CLIENT_CORE), kind, port, Child.classPathWith(classes));
    }

    /// A client on any core, with a listener on any core.
    Client free(Worker.Kind kind) throws IOException {
        return start(Place.ANYWHERE, kind, freePort, Child.classPath());
    }

    /// The port of the listener that is on any core.
    int freePort() {
        return freePort;
    }

    private Client start(Place place, Worker.Kind kind, int listener, String classPath)
            throws IOException {
        Client client =
                new Client(network.apply(place), kind, listener, classPath, options.recordings());
        started.push(client);
        return client;
    }

    private int listen(Place place, int threads) throws IOException {
        List<String> command =
                Child.java(
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Child.classPath(),
                        Listener.class.getName(),
                        Integer.toString(threads));
        Child listener = new Child(network.apply(place).command(command));
        started.push(listener);
        return Integer.parseInt(listener.await(Listener.READY));
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
