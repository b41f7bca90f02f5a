package dev.sonde.bench;

import java.io.IOException;

/// [Callers] in a process of its own.
final class CallersProcess implements AutoCloseable {

    private final Child child;

    CallersProcess(Place place) throws IOException {
        child =
                new Child(
                        place.command(
                                Child.java(
                                        "-Xmx256m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        Child.classPath(),
                                        Callers.class.getName())));
        child.await(Callers.READY);
    }

    void connect(int port, int connections) throws IOException {
        ask("connect " + port + " " + connections);
    }

    void send() throws IOException {
        ask("send");
    }

    /// Waits until all have had their answers.
    ///
    /// @return when the last one had it, on the clock that all processes share
    long awaitAnswers() throws IOException {
        return ask("await");
    }

    void drop() throws IOException {
        ask("drop");
    }

    private long ask(String command) throws IOException {
        child.send(command);
        return Long.parseLong(child.await(Callers.DONE));
    }

    @Override
    public void close() {
        child.close();
    }
}
