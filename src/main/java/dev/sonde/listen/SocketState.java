package dev.sonde.listen;

import dev.sonde.listen.port.Port;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.ListenerStatus;
import org.jspecify.annotations.Nullable;

/// The state of a listener's socket.
sealed interface SocketState {

    /// Never opened.
    record Idle() implements SocketState {}

    record Open(Port port) implements SocketState {}

    /// It could not be opened, and is tried again.
    record Failed(ListenerStatus.Failure failure) implements SocketState {}

    /// Its time to live has ended.
    record Expired() implements SocketState {}

    record Closed() implements SocketState {}

    /// Absent unless the socket is open.
    default @Nullable Port port() {
        return this instanceof Open open ? open.port() : null;
    }

    /// Absent unless it failed.
    default ListenerStatus.@Nullable Failure failure() {
        return this instanceof Failed failed ? failed.failure() : null;
    }

    /// The state as a status shows it.
    default ListenerState label(boolean isPaused) {
        return switch (this) {
            case Open _ -> isPaused ? ListenerState.PAUSED : ListenerState.LISTENING;
            case Failed _, Idle _ -> ListenerState.FAILED;
            case Expired _, Closed _ -> ListenerState.EXPIRED;
        };
    }
}
