package dev.sonde.web;

/// A reader of requests in place of the server, for connections whose next requests it knows.
public interface RequestReader {

    /// Takes the socket of a connection that rests between two requests. Called on the thread of
    /// the request before; must not block.
    void take(LentSocket socket);
}
