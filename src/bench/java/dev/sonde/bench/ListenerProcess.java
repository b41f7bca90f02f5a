package dev.sonde.bench;

import java.io.IOException;

/// A [Listener] in a process of its own: what all clients connect to.
final class ListenerProcess implements AutoCloseable {

    private final Child child;
    private final int port;

    /// @param threads that accept
    ListenerProcess(Place place, int threads) throws IOException {
        child =
                new Child(
                        place.command(
                                Child.java(
                                        "-Xmx64m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        Child.classPath(),
                                        Listener.class.getName(),
                                        Integer.toString(threads))));
        port = Integer.parseInt(child.await(Listener.READY));
    }

    int port() {
        return port;
    }

    /// Waits until its accept queues are empty, so that one contender leaves nothing to the next.
    void settle() throws IOException {
        child.send("settle");
        child.await(Listener.SETTLED);
    }

    @Override
    public void close() {
        child.close();
    }
}
