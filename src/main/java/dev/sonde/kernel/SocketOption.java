package dev.sonde.kernel;

/// A socket option by Linux's numbers, for `getsockopt` and `setsockopt`.
enum SocketOption {
    IP_TTL(0, 2),
    IP_RECVERR(0, 11),
    SO_ERROR(1, 4),
    SO_LINGER(1, 13),
    SO_ATTACH_FILTER(1, 26),
    SO_DETACH_FILTER(1, 27),
    SO_MEMINFO(1, 55),
    TCP_NODELAY(6, 1),
    TCP_MAXSEG(6, 2),
    TCP_SYNCNT(6, 7),
    TCP_INFO(6, 11),
    TCP_USER_TIMEOUT(6, 18),
    IPV6_UNICAST_HOPS(41, 16),
    IPV6_RECVERR(41, 25);

    final int level;
    final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }
}
