package dev.sonde.api.notification;

/// Examples of notifications in the API's description.
final class NotificationExamples {

    static final String REQUEST = "{\"receiver\": \"ops\"}";

    static final String TEST =
            """
            {"id": "01a1fc0e-1f40-7c1a-8000-000000000000", "receiver": "ops", "event": "test", \
            "incidents": [], "state": "waiting", "attempts": 0, \
            "nextAt": "2026-11-20T10:01:00.000Z", "at": "2026-11-20T10:01:00.000Z"}""";

    static final String PAGE =
            """
            {"items": [{"id": "01a1fc0d-c350-7b22-8000-000000000000", "receiver": "ops", \
            "event": "incident.opened", "incidents": ["01a1fc0d-840c-781d-8000-000000000000"], \
            "state": "waiting", "attempts": 2, "nextAt": "2026-11-20T10:00:15.000Z", \
            "lastError": "https://hooks.example: the answer has status 503", \
            "at": "2026-11-20T10:00:10.000Z"}]}""";

    private NotificationExamples() {}
}
