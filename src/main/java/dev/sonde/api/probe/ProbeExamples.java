package dev.sonde.api.probe;

/// Examples of probes in the API's description. The requests work as they stand.
public final class ProbeExamples {

    static final String REQUEST =
            """
            {"name": "orders-db", "target": "127.0.0.1:8080", "interval": "10s", \
            "settings": {"timeout": "2s"}, "labels": {"team": "payments"}, "rise": 2, "fall": 3}""";

    static final String SHORTEST =
            """
            {"name": "web", "target": "localhost:8080", "interval": "1m"}""";

    static final String PATCH =
            """
            {"paused": true, "labels": {"team": "orders", "stage": null}}""";

    static final String LINE = SHORTEST;

    private static final String RESULT =
            """
            {"id": "01a1fc0d-840c-781d-b9db-d4a62866882f", "probe": "orders-db", \
            "target": "127.0.0.1:8080", "startedAt": "2026-11-20T10:00:00.123Z", \
            "remoteAddress": "127.0.0.1:8080", "localAddress": "127.0.0.1:41822", \
            "outcome": "succeeded", "reason": "connected", "tookMicros": 73, \
            "phases": [{"phase": "queue", "tookMicros": 12}, \
            {"phase": "connect", "tookMicros": 61}], \
            "evidence": {"source": "tcp_info", "state": "ESTABLISHED", "rttMicros": 41, \
            "rttCoarse": false, "synRetransmits": 0}, \
            "timelineUrl": "/api/v1/results/01a1fc0d-840c-781d-b9db-d4a62866882f/timeline.svg"}""";

    static final String PROBE =
            """
            {"name": "orders-db", "target": "127.0.0.1:8080", "interval": "10s", \
            "settings": {"timeout": "2s"}, "labels": {"team": "payments"}, "paused": false, \
            "rise": 2, "fall": 3, "state": "up", "stateSince": "2026-11-20T09:58:10.123Z", \
            "last":\
            """
                    + RESULT
                    + ", \"nextRunAt\": \"2026-11-20T10:00:10.123Z\", \"owner\": \"sonde-0\", \"source\": \"api\"}";

    static final String RUN = RESULT;

    static final String PATH =
            """
            {"id": "01a1fc0d-840c-781d-b9db-d4a62866882f", "probe": "orders-db", \
            "target": "10.2.0.9:5432", "startedAt": "2026-11-20T10:00:00.012Z", \
            "remoteAddress": "10.2.0.9:5432", "outcome": "failed", "reason": "timed_out", \
            "phase": "connect", "detail": "no answer within 1000 ms: 1 SYN went unanswered", \
            "tookMicros": 1000231, "phases": [{"phase": "queue", "tookMicros": 31}, \
            {"phase": "connect", "tookMicros": 1000200}], "evidence": {"source": "tcp_info", \
            "state": "SYN_SENT", "asked": [{"question": "path", "answer": "the last answer comes \
            from 10.1.1.1, 1 hop away: SYNs with a greater TTL vanish behind it"}]}, \
            "path": {"hops": [{"ttl": 1, "address": "10.1.1.1", "rttMicros": 210, \
            "icmp": {"type": 11, "code": 0, "sender": "10.1.1.1"}}, {"ttl": 2}], \
            "reached": false, "lastHop": 1, "detail": "the last answer comes from 10.1.1.1, \
            1 hop away: SYNs with a greater TTL vanish behind it"}, \
            "timelineUrl": "/api/v1/results/01a1fc0d-840c-781d-b9db-d4a62866882f/timeline.svg"}""";

    static final String PROBES = "{\"items\": [" + PROBE + "], \"next\": \"orders-db\"}";

    static final String RESULTS =
            "{\"items\": [" + RESULT + "], \"next\": \"01a1fc0d-840c-781d-b9db-d4a62866882f\"}";

    static final String TRANSITIONS =
            """
            {"items": [{"probe": "orders-db", "from": "up", "to": "down", \
            "at": "2026-11-20T10:00:00.123Z", "cause": {"reason": "refused", \
            "resultId": "01a1fc0d-840c-781d-b9db-d4a62866882f"}}]}""";

    static final String BULK =
            """
            {"created": 99999, "replaced": 0, "failed": 1, \
            "errors": [{"line": 7, "message": "interval: is required"}]}""";

    public static final String EVENTS =
            """
            id: 1795169896000017
            event: transition
            data: {"probe":"orders-db","from":"up","to":"down"}

            id: 1795169896000018
            event: listener
            data: {"listener":"slow-db","event":"connection_opened","connection":17}

            """;

    private ProbeExamples() {}
}
