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

    private HistoryExamples() {}
}
