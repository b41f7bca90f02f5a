package dev.sonde.api.listener;

/// Examples in the API's description of listeners. The requests work as they stand.
final class ListenerExamples {

    static final String ECHO =
            """
            {"name": "echo", "bind": "127.0.0.1:0", "behaviour": {"type": "echo"}}""";

    static final String DIALOGUE =
            """
            {"name": "cache", "bind": "127.0.0.1:0", "behaviour": {"type": "dialogue", "steps": \
            [{"expect": "^PING", "delay": "50ms", "send": "+PONG\\r\\n"}, {"close": "fin"}]}, \
            "limits": {"connections": 100, "idle": "30s"}, "ttl": "1h"}""";

    static final String QUEUE_FULL =
            """
            {"name": "overloaded", "bind": "127.0.0.1:0", "backlog": 4, \
            "behaviour": {"type": "queue_full"}, "ttl": "10m"}""";

    static final String REPLACEMENT =
            """
            {"bind": "127.0.0.1:0", "behaviour": {"type": "echo", "delay": "200ms"}}""";

    static final String LISTENER =
            """
            {"name": "echo", "bind": "127.0.0.1:0", \
            "backlog": {"requested": 128, "effective": 128}, \
            "behaviour": {"type": "echo", "delay": "0s"}, "limits": {"connections": 1000}, \
            "record": {"connections": 100, "bytes": 4096}, "state": "listening", \
            "address": "127.0.0.1:41822", "acceptQueue": {"length": 0, "limit": 128, "drops": 0, \
            "source": "tcp_info"}, "connections": {"active": 0, "accepted": 1, "rejected": 0, \
            "reset": 0, "bytesIn": 5, "bytesOut": 5, "exhausted": 0, "ended": {"peer_fin": 1}}, \
            "definedAt": "2026-11-20T10:00:00.123Z", "source": "api"}""";

    static final String LISTENERS = "{\"items\": [" + LISTENER + "]}";

    static final String CONNECTIONS =
            """
            {"items": [{"id": 17, "remoteAddress": "127.0.0.1:51502", \
            "localAddress": "127.0.0.1:41822", "acceptedAt": "2026-11-20T10:00:01.000123Z", \
            "bytesIn": 0, "bytesOut": 0, "recorded": "", "timeline": [{"atMicros": 0, \
            "side": "listener", "event": "accept_ready", "lagMicros": 3}, {"atMicros": 12, \
            "side": "listener", "event": "accepted"}]}]}""";

    private ListenerExamples() {}
}
