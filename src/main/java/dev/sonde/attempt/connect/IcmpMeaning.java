package dev.sonde.attempt.connect;

/// The meaning of an ICMP message for each of its senders. A meaning never names a cause that the
/// sender excludes.
enum IcmpMeaning {
    NO_ROUTE(
            "the host is up, and its firewall rejects with this message",
            "no route leads on from that router",
            "this host's firewall rejects with this message"),
    NO_HOST(
            "the host is up, and its firewall rejects with this message",
            "nobody answers for the address on its last network, or that router rejects the "
                    + "packet; the port remains unknown",
            "nobody answers for the address or its gateway on this host's own network (ARP or "
                    + "ND), or its firewall rejects"),
    NO_PROTOCOL(
            "the host is up and does not take TCP, or its firewall rejects with this message",
            "a firewall on the path rejects; the message says nothing about the host",
            "this host's firewall rejects with this message"),
    /// A TCP stack answers a closed port with RST (RFC 9293 section 3.10.7.1), not with ICMP.
    NO_PORT(
            "the host is up, and its firewall rejects; a closed port would answer with RST",
            "a firewall on the path rejects; the message says nothing about the host",
            "this host's firewall rejects with this message"),
    FORBIDDEN(
            "the host is up, and its firewall forbids the connection",
            "a firewall or a router on the path forbids the connection",
            "this host's firewall forbids the connection"),
    PRECEDENCE(
            "the host is up, and it forbids the precedence of the packet",
            "a router on the path forbids the precedence of the packet",
            "this host forbids the precedence of the packet"),
    SERVICE(
            "the host is up, and it does not take packets of this type of service",
            "that router reaches the destination only with another type of service",
            "this host reaches the destination only with another type of service"),
    SOURCE_ROUTE(
            "the host is up and cannot follow the route that the packet prescribes",
            "that router cannot follow the route that the packet prescribes",
            "this host cannot follow the route that the packet prescribes"),
    SCOPE(
            "the host is up and cannot answer an address of this scope",
            "the source address has a smaller scope than the destination",
            "the source address has a smaller scope than the destination"),
    TOO_BIG(
            "the packet is too big for the host's network",
            "the packet is too big for the network behind that router",
            "the packet is too big for this host's network"),
    TOO_MANY_HOPS(
            "the host is up, and a router behind its address sends the SYN in a loop",
            "the SYN was passed on until its hop limit was used up: a routing loop near that"
                    + " router, or a path with too many hops",
            "the SYN came back to this host until its hop limit was used up: a routing loop through"
                    + " this host"),
    REASSEMBLY(
            "the host is up, and fragments of the packet got lost on the way to it",
            "fragments of the packet got lost on the way to that router",
            "fragments of the packet got lost within this host"),
    PARAMETER(
            "the host is up and rejects the packet's header: a device on the path damages it, or"
                    + " the host does not know an option of it",
            "that router rejects the packet's header: a device on the path damages it, or the"
                    + " router does not know an option of it",
            "this host rejects the packet's header"),
    UNNAMED(
            "the host is up and answers with a message that this service does not know",
            "a router answers with a message that this service does not know",
            "this host answers with a message that this service does not know");

    private final String fromTarget;
    private final String fromRouter;
    private final String fromThisHost;

    IcmpMeaning(String fromTarget, String fromRouter, String fromThisHost) {
        this.fromTarget = fromTarget;
        this.fromRouter = fromRouter;
        this.fromThisHost = fromThisHost;
    }

    /// One clause. An unknown sender proves as little as a router.
    String words(IcmpSender sender) {
        return switch (sender) {
            case TARGET -> fromTarget;
            case ROUTER, UNKNOWN -> fromRouter;
            case OWN -> fromThisHost;
        };
    }
}
