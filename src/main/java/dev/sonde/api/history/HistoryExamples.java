package dev.sonde.api.history;

/// Examples of history in the API's description.
final class HistoryExamples {

    static final String INCIDENTS =
            """
            {"items": [{"id": "01a1fc0d-840c-781d-8000-000000000000", "probe": "orders-db", \
            "from": "2026-11-20T10:00:00.123Z", "to": "2026-11-20T10:04:10.120Z", \
            "endedBy": "up", "tookSeconds": 249, "phase": "connect", "reason": "refused", \
            "detail": "a RST answered the SYN: the host is up and nothing listens on the port", \
            "firstResultId": "01a1fc0d-840c-781d-b9db-d4a62866882f", \
            "lastResultId": "01a1fc11-54f0-7a1b-a1cc-94e02f6b1c55", "failedRuns": 25, \
            "labels": {"team": "payments"}}]}""";

    static final String TRANSITIONS =
            """
            {"items": [{"probe": "orders-db", "from": "up", "to": "down", \
            "at": "2026-11-20T10:00:00.123Z", "cause": {"reason": "refused", \
            "resultId": "01a1fc0d-840c-781d-b9db-d4a62866882f"}}]}""";

    private static final String FIGURES =
            """
            "from": "2026-11-19T10:00:00Z", "to": "2026-11-20T10:00:00.123Z", "runs": 8640, \
            "succeeded": 8615, "failed": 25, "notProbed": 0, "uptime": 0.99711, "incidents": 1, "inMaintenance": 0, \
            "downSeconds": 249, "watchedSeconds": 86400, "dataSince": "2026-11-19T10:00:00Z", \
            "connect": {"p50Micros": 61, "p95Micros": 92, "p99Micros": 124, "maxMicros": 803}, \
            "rtt": {"p50Micros": 41, "p95Micros": 66, "p99Micros": 92, "maxMicros": 512}, \
            "synRetransmits": 0}]}""";

    static final String STATS = "{\"items\": [{\"window\": \"24h\", " + FIGURES;

    static final String GROUPS =
            "{\"items\": [{\"window\": \"24h\", \"labels\": {\"team\": \"payments\"}, \"probes\": 1, "
                    + FIGURES;

    static final String SERIES =
            """
            {"step": "5m", "items": [{"at": "2026-11-20T10:00:00Z", "runs": 30, "failed": 25, \
            "notProbed": 0, "p50Micros": 61, "p95Micros": 92, "worst": "refused"}]}""";

    static final String PRESENTED =
            """
            {"items": [{"probe": "orders-db", "target": "db.example:5432", \
            "address": "10.1.2.3:5432", "subject": "CN=db.example", "issuer": "CN=Example CA", \
            "notBefore": "2026-09-01T00:00:00Z", "notAfter": "2026-12-01T00:00:00Z", \
            "daysLeft": 10, "lifetimeLeft": 0.12, "verified": true, \
            "seenAt": "2026-11-20T10:00:00.123Z"}]}""";

    private HistoryExamples() {}
}
