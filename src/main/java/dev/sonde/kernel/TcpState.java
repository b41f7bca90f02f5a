package dev.sonde.kernel;

/// The state of a connection in TCP's state machine, by the numbers of Linux's `net/tcp_states.h`.
public enum TcpState {
    /// A number that this list does not name.
    UNKNOWN(0),
    ESTABLISHED(1),
    SYN_SENT(2),
    SYN_RECV(3),
    FIN_WAIT1(4),
    FIN_WAIT2(5),
    TIME_WAIT(6),
    /// Not connected: before `connect`, or after an error or a RST.
    CLOSE(7),
    CLOSE_WAIT(8),
    LAST_ACK(9),
    LISTEN(10),
    CLOSING(11),
    NEW_SYN_RECV(12);

    private static final TcpState[] BY_NUMBER = byNumber();

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    static TcpState of(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    private static TcpState[] byNumber() {
        TcpState[] table = new TcpState[values().length];
        for (TcpState state : values()) {
            table[state.number] = state;
        }
        return table;
    }
}
