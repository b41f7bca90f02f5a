package dev.sonde.api.result;

/// Examples in the API's description. The requests work as they stand.
public final class Examples {

    public static final String OPEN_AND_CLOSED =
            """
            {"targets": ["127.0.0.1:8080", "127.0.0.1:1"]}""";

    public static final String SWEEP =
            """
            {"targets": ["127.0.0.0/28:8080,1-3"], "ratePerSecond": 5000, "concurrency": 100}""";

    public static final String SETTINGS =
            """
            {"targets": ["localhost:8080"], "settings": {"timeout": "2s", "addresses": "each", \
            "family": "any", "close": "rst"}}""";

    public static final String DIALOGUE =
            """
            {"targets": ["127.0.0.1:8080"], "settings": {"dialogue": [{"send": "GET / HTTP/1.0\\r\\n\\r\\n"}, \
            {"expect": "^HTTP/1\\\\.\\\\d (?P<status>\\\\d+)", "reject": "^SSH-"}]}}""";

    static final String RESULT =
            """
            {"id": "01a1fc0d-840c-781d-b9db-d4a62866882f", "target": "127.0.0.1:1", \
            "startedAt": "2026-11-20T10:00:00.123Z", "remoteAddress": "127.0.0.1:1", \
            "outcome": "failed", "reason": "refused", "phase": "connect", \
            "detail": "a RST answered the SYN: the host is up and nothing listens on the port", \
            "tookMicros": 73, "phases": [{"phase": "queue", "tookMicros": 12}, \
            {"phase": "connect", "tookMicros": 61}], "evidence": {"source": "none"}, \
            "timelineUrl": "/api/v1/results/01a1fc0d-840c-781d-b9db-d4a62866882f/timeline.svg"}""";

    private static final String SUMMARY =
            """
            "summary": {"total": 1, "succeeded": 0, "failed": 1, "notProbed": 0, "tookMicros": 312}""";

    private static final String IDENTITY =
            """
            "id": "cf7c7779-b99b-417a-92c2-19a3b53c7384", "createdAt": "2026-11-20T10:00:00.123Z",""";

    private static final String RUNNING_SUMMARY =
            """
            "summary": {"total": 2, "succeeded": 0, "failed": 1, "notProbed": 0, "tookMicros": 312}""";

    public static final String CHECK =
            "{" + IDENTITY + "\"state\": \"done\", " + SUMMARY + ", \"results\": [" + RESULT + "]}";

    public static final String RUNNING_CHECK =
            "{" + IDENTITY + "\"state\": \"running\", " + RUNNING_SUMMARY + "}";

    public static final String CHECKS = "{\"items\": [" + RUNNING_CHECK + "]}";

    public static final String RESULTS = "{\"items\": [" + RESULT + "], \"next\": \"100\"}";

    /// An example of a stream has to be one JSON value for tools that read the description.
    public static final String STREAM = RESULT;

    static final String DRAWING =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"120\"></svg>";

    private Examples() {}
}
