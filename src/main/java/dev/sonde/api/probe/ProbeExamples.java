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
