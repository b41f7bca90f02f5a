package dev.sonde.bench;

import dev.sonde.bench.Accepting.Treatment;
import java.io.IOException;
import java.util.Arrays;

/// An [Acceptor] in a process of its own.
final class AcceptorProcess implements AutoCloseable {

    private final Child child;
    private final int port;

    AcceptorProcess(Place place, Acceptor.Kind kind, Treatment treatment) throws IOException {
        child =
                new Child(
                        place.command(
                                Child.java(
                                        "-Xms256m",
                                        "-Xmx256m",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        Child.classPath(),
                                        Acceptor.class.getName(),
                                        kind.name(),
                                        treatment.name())));
        port = Integer.parseInt(child.await(Acceptor.READY));
    }

    int port() {
        return port;
    }

    void accept() throws IOException {
        child.send("accept");
        child.await(Acceptor.DONE);
    }

    void pause() throws IOException {
        child.send("pause");
        child.await(Acceptor.DONE);
    }

    Usage used() throws IOException {
        child.send("used");
        long[] v =
                Arrays.stream(child.await(Acceptor.USED).split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return new Usage(v[0], v[1], v[2]);
    }

    /// Bytes in use after a collection, once so many connections are open.
    long heapBytes(int open) throws IOException {
        child.send(Integer.toString(open));
        return Long.parseLong(child.await(Acceptor.HEAP));
    }

    @Override
    public void close() {
        child.close();
    }
}
